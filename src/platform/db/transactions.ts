// Owns how a transaction is brought to its end: tried again where that helps, and a lost COMMIT looked into.
import type { ControlledTransaction } from 'kysely'
import { defineError } from '../../lib/errors.ts'
import type { Database } from '../../tables.ts'
import type { Engine, Trx } from './engine.ts'
import { codeOf, STORE_AWAY } from './network-failures.ts'

export interface TransactionOptions<T> {
  /**
   * Asked when the connection broke during COMMIT, on a fresh one: was it committed? `result` is what `work`
   * had returned. A value says yes, and is the transaction's; undefined runs the whole again, which must then
   * be harmless even if the first COMMIT comes through late. Without it the caller gets `lostCommit`.
   */
  readonly afterLostCommit?: (result: T) => Promise<T | undefined>
  readonly patienceMs?: number
}

/** For work that may simply run again: it has the same effect however often it is committed. */
export const runAgain = { afterLostCommit: () => Promise.resolve(undefined) }

/** What the caller of a transaction gets whose COMMIT was lost. */
export const lostCommit = defineError('COMMIT_UNKNOWN', 503, {
  zh: '连接在保存时中断，无法确定是否已保存。请先查看结果，或用同一个 Idempotency-Key 重试。',
  en: 'The connection broke while this was being saved: it may be saved or not. Look first, or repeat it with the same Idempotency-Key.',
})

/** Thrown by `work`: another try may succeed; when patience ends, `instead` is what the caller gets. */
export class TryAgain extends Error {
  readonly instead: Error

  constructor(instead: Error) {
    super(instead.message)
    this.instead = instead
  }
}

/** How long a transaction waits for its turn, milliseconds; then the caller is told to come again. */
const PATIENCE_MS = 4000
const PAUSE_MS = 20
const MOST_DOUBLINGS = 4
/** A server that is away isn't back within milliseconds. */
const AWAY_PAUSE_MS = 100

type Outcome<T> =
  | { readonly state: 'committed'; readonly result: T }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'unknown'; readonly error: unknown; readonly result: T }

type Isolation = 'serializable' | null

/** Runs `work` in one transaction and commits it, once, whatever happens on the way. */
export async function runTransaction<T>(
  engine: Engine,
  isolation: Isolation,
  work: (trx: Trx) => Promise<T>,
  options: TransactionOptions<T> = {},
): Promise<T> {
  const deadline = performance.now() + (options.patienceMs ?? PATIENCE_MS)
  for (let tries = 1; ; tries++) {
    const outcome = await attempt(engine, isolation, work)
    if (outcome.state === 'committed') return outcome.result
    if (outcome.state === 'unknown') {
      return settle(engine, isolation, work, options, outcome)
    }
    const { error } = outcome
    // Somebody has waited for it already.
    if (codeOf(error) === STORE_AWAY) throw error
    const pause = pauseAfter(engine, error, tries)
    if (pause === null || performance.now() > deadline)
      throw error instanceof TryAgain ? error.instead : error
    await sleep(pause)
  }
}

/** After a lost COMMIT: asks, runs again, and asks again when that meets what the first had saved. */
async function settle<T>(
  engine: Engine,
  isolation: Isolation,
  work: (trx: Trx) => Promise<T>,
  { afterLostCommit }: TransactionOptions<T>,
  first: { readonly error: unknown; readonly result: T },
): Promise<T> {
  if (!afterLostCommit) throw lostCommitBy(first.error)
  const deadline = performance.now() + PATIENCE_MS
  let lost = first
  for (;;) {
    let failure: unknown
    try {
      const found = await afterLostCommit(lost.result)
      if (found !== undefined) return found
      const outcome = await attempt(engine, isolation, work)
      if (outcome.state === 'committed') return outcome.result
      if (outcome.state === 'unknown') lost = outcome
      else failure = outcome.error
    } catch (error) {
      failure = error
    }
    const pause = failure === undefined ? AWAY_PAUSE_MS : pauseAfter(engine, failure)
    if (pause === null) {
      // It may have met what the first has saved meanwhile.
      const found = await afterLostCommit(lost.result).catch(() => {
        throw lostCommitBy(lost.error)
      })
      if (found !== undefined) return found
      throw failure
    }
    if (performance.now() > deadline) throw lostCommitBy(lost.error)
    await sleep(pause)
  }
}

function lostCommitBy(cause: unknown): Error {
  return Object.assign(lostCommit({ retryAfter: 1 }), { cause })
}

async function attempt<T>(
  engine: Engine,
  isolation: Isolation,
  work: (trx: Trx) => Promise<T>,
): Promise<Outcome<T>> {
  const endTurn = await engine.turns.take()
  try {
    return await attemptNow(engine, isolation, work)
  } finally {
    endTurn()
  }
}

async function attemptNow<T>(
  { db, dialect }: Engine,
  isolation: Isolation,
  work: (trx: Trx) => Promise<T>,
): Promise<Outcome<T>> {
  let trx: ControlledTransaction<Database>
  try {
    const builder = db.startTransaction()
    trx = await (isolation ? builder.setIsolationLevel(isolation) : builder).execute()
  } catch (error) {
    return { state: 'failed', error }
  }
  let result: T
  try {
    result = await work(trx)
  } catch (error) {
    await rollBack(trx)
    return { state: 'failed', error }
  }
  try {
    await trx.commit().execute()
    return { state: 'committed', result }
  } catch (error) {
    await rollBack(trx)
    // What a server answers is certain; without an answer nobody knows.
    const isLost = dialect.remote && dialect.classify(error) === 'away'
    return isLost ? { state: 'unknown', error, result } : { state: 'failed', error }
  }
}

/** What made it necessary is worth more than what goes wrong now: a broken connection can't roll back. */
async function rollBack(trx: ControlledTransaction<Database>): Promise<void> {
  await trx
    .rollback()
    .execute()
    .catch(() => undefined)
}

/** Repeats `attempt` while the engine is busy; it must be a whole transaction. */
export async function patiently<T>(engine: Engine, attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      const pause = pauseAfter(engine, error)
      if (pause === null || performance.now() > deadline) throw error
      await sleep(pause)
    }
  }
}

/** Milliseconds until another try is worthwhile; null when it isn't. */
function pauseAfter({ dialect }: Engine, error: unknown, tries = 1): number | null {
  const failure = error instanceof TryAgain ? 'transient' : dialect.classify(error)
  // SQLite's writers take turns. Elsewhere many who want the same row throw each other out again and again,
  // unless they come back at ever more different times.
  const growth = dialect.remote ? 2 ** Math.min(tries - 1, MOST_DOUBLINGS) : 1
  if (failure === 'transient') return jittered(PAUSE_MS * growth)
  return failure === 'away' && dialect.remote ? jittered(AWAY_PAUSE_MS) : null
}

/** Two that met once would meet again if they came back at the same moment. */
function jittered(ms: number): number {
  return ms * (0.5 + Math.random())
}

/** Meanwhile the event loop is free: other requests go on while a writer waits for its turn. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
