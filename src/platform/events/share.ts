// Owns how workers share the groups out among them: nobody keeps more than its part while others have none.
import { createHash, randomUUID } from 'node:crypto'
import type { Clock } from '../../lib/clock.ts'
import type { Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import { LEASE_MS, RENEW_AFTER_MS } from './leases.ts'
import { createSightings } from './sightings.ts'

export interface Share {
  /** May this worker take one more? */
  mayTake(): Promise<boolean>
  /** Should it give one back? */
  hasTooMany(): Promise<boolean>
  taken(): void
  givenBack(): void
  /** Before the worker ends: the others needn't wait until its presence has run out. */
  leave(): Promise<void>
}

/**
 * `groups`: those that this worker may take. Only workers for the same groups share: whoever leaves some out
 * must not be counted on for them.
 */
export function createShare(store: Store, clock: Clock, groups: readonly string[]): Share {
  const total = groups.length
  const present = `${PRESENT}${fingerprint(groups)} `
  const name = `${present}${randomUUID()}`
  const look = createSightings()
  let mine = 0
  let workers = 1
  let lookedAt = -Infinity

  async function most(): Promise<number> {
    const now = clock.now()
    if (now - lookedAt >= RENEW_AFTER_MS || now < lookedAt) {
      const isLive = (row: Presence) => look(row.name, String(row.expires_at), now) < LEASE_MS
      const rows = await store.transaction(
        (trx) => beSeen(store, trx, { name, now, isLive }),
        runAgain,
      )
      workers = rows.filter((row) => row.name.startsWith(present)).length
      lookedAt = now
    }
    return Math.ceil(total / workers)
  }

  return {
    mayTake: async () => mine < (await most()),
    hasTooMany: async () => mine > (await most()),
    taken: () => void mine++,
    givenBack: () => void mine--,
    async leave() {
      if (lookedAt === -Infinity) return
      await store.transaction(async (trx) => {
        await trx.deleteFrom('leases').where('name', '=', name).execute()
      }, runAgain)
    },
  }
}

/** A worker is there while its row in `leases` changes. */
const PRESENT = 'present '

function fingerprint(groups: readonly string[]): string {
  return createHash('sha256').update(groups.toSorted().join('\n')).digest('hex').slice(0, 12)
}

interface Presence {
  readonly name: string
  readonly expires_at: number
}

interface Sign {
  readonly name: string
  readonly now: number
  readonly isLive: (row: Presence) => boolean
}

/** @returns the workers that are there, this one among them */
async function beSeen(store: Store, trx: Trx, { name, now, isLive }: Sign): Promise<Presence[]> {
  const expires_at = now + LEASE_MS
  const row = { name, owner: '', token: 0, expires_at }
  await store.dialect.ignoreConflicts(trx.insertInto('leases').values(row)).execute()
  await trx.updateTable('leases').set({ expires_at }).where('name', '=', name).execute()
  const rows = await trx
    .selectFrom('leases')
    .select(['name', 'expires_at'])
    .where('name', 'like', `${PRESENT}%`)
    .execute()
  const gone = rows.filter((other) => !isLive(other)).map((other) => other.name)
  if (gone.length > 0) await trx.deleteFrom('leases').where('name', 'in', gone).execute()
  return rows.filter((other) => !gone.includes(other.name))
}
