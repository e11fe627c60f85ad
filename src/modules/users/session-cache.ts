// Owns the sessions that Redis remembers: for a minute at most, never one that has ended; the database is the truth.
import { type Found, FOR_GOOD, type Ticket } from '../../platform/cache/cache.ts'
import type { Core } from '../../platform/module.ts'
import type { LiveSession } from './sessions-rules.ts'

export interface SessionCache {
  find(token_hash: string): Promise<Found<LiveSession>>
  /** What the database said after `find`, or has been told since. */
  keep(ticket: Ticket | null, session: LiveSession): void
  /**
   * Runs a transaction that ends sessions or changes what they may; those it names are looked up in the
   * database from then on, in every process, whatever its outcome: a commit may be lost on the way.
   */
  outdating<T>(work: (outdate: Outdate) => Promise<T>): Promise<T>
}

export type Outdate = (token_hashes: readonly string[]) => void

const LIFE_MS = 60_000
const MOST = 20_000
/** Somebody with more sessions than this costs everybody one look-up. */
const MOST_ENDED = 1000

/** Only a cache that all processes share: a log-out must hold everywhere at once. */
export function createSessionCache({ caches }: Pick<Core, 'caches'>): SessionCache {
  if (!caches.shared) return NO_SESSIONS
  const cache = caches.open<LiveSession>({ name: 'session', lifeMs: LIFE_MS, most: MOST })
  return {
    find: (token_hash) => cache.get(token_hash),
    keep: (ticket, session) => void cache.put(ticket, session, session.last_seen_at),
    async outdating(work) {
      // More than once when the transaction is tried again.
      const outdated = new Set<string>()
      try {
        return await work((token_hashes) => token_hashes.forEach((hash) => outdated.add(hash)))
      } finally {
        if (outdated.size > MOST_ENDED) await cache.clear()
        else await Promise.all([...outdated].map((hash) => cache.remove(hash, FOR_GOOD)))
      }
    },
  }
}

const NOTHING = Promise.resolve({ value: undefined, ticket: null })

const NO_SESSIONS: SessionCache = {
  find: () => NOTHING,
  keep: () => {},
  outdating: (work) => work(() => {}),
}
