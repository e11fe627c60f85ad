// Owns what tables of things to be sent have in common: each is one worker's at a time, tried again, and kept for a
// while when it is given up.
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../tables.ts'
import type { Reader, Store, Trx } from './store.ts'

interface Columns {
  readonly state: string
  readonly attempts: number
  readonly next_attempt_at: number
  readonly error: string
  readonly created_at: number
}

interface Verdict {
  readonly state: 'waiting' | 'dead'
  readonly attempts?: number
  readonly next_attempt_at: number
}

const MOST_ERROR = 1000

/** How a row begins. */
export function waitingSince(now: number) {
  return { state: 'waiting', attempts: 0, next_attempt_at: now, error: '', created_at: now }
}

/** @param id the column with the row's own id */
export function waitingIn<Row extends Columns, Id extends keyof Row & string>(
  table: keyof Database,
  id: Id,
) {
  type Key = Pick<Row, Id | 'attempts'>
  // All tables of this kind have these columns; which of them it is doesn't matter here.
  const on = (reader: Reader) => reader as unknown as Kysely<Record<string, Columns>>
  const idColumn = sql.ref<number>(id)

  const due = (reader: Reader, now: number, limit: number) =>
    on(reader)
      .selectFrom(table)
      .selectAll()
      .where('state', '=', 'waiting')
      .where('next_attempt_at', '<=', now)
      .orderBy('next_attempt_at')
      .orderBy(idColumn)
      .limit(limit)

  /** Whoever took it over meanwhile has counted another attempt: it is no longer this one's. */
  const own = (key: Key) => sql<boolean>`${idColumn} = ${key[id]} and attempts = ${key.attempts}`

  return {
    /** Is anything due? Without a lock: it is asked every second. */
    async anyDue(reader: Reader, now: number): Promise<boolean> {
      return (await due(reader, now, 1).executeTakeFirst()) !== undefined
    },

    /**
     * Takes those that have waited longest, so that no other worker takes them too. The attempt is counted before
     * it is made: whatever ends the process is given up in the end.
     */
    async claimDue(
      store: Store,
      trx: Trx,
      now: number,
      { limit, claimMs }: { readonly limit: number; readonly claimMs: number },
    ): Promise<Row[]> {
      const rows = (await store.dialect.forUpdate(due(trx, now, limit)).execute()) as Row[]
      if (rows.length === 0) return []
      const ids = rows.map((row) => row[id])
      await on(trx)
        .updateTable(table)
        .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: now + claimMs }))
        .where(sql<boolean>`${idColumn} in (${sql.join(ids)})`)
        .execute()
      return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }))
    },

    /** It is sent, or nobody wants it any more. */
    async removeSent(trx: Trx, key: Key): Promise<void> {
      await on(trx).deleteFrom(table).where(own(key)).execute()
    },

    /** @returns whether it was still this one's */
    async noteFailure(trx: Trx, key: Key, verdict: Verdict, error: string): Promise<boolean> {
      const change = { ...verdict, error: error.slice(0, MOST_ERROR) }
      const noted = await on(trx).updateTable(table).set(change).where(own(key)).executeTakeFirst()
      return Number(noted.numUpdatedRows) > 0
    },

    /** Those given up so long ago that nobody will look. */
    async forgetDead(trx: Trx, before: number): Promise<void> {
      await on(trx)
        .deleteFrom(table)
        .where('state', '=', 'dead')
        .where('created_at', '<', before)
        .execute()
    },
  }
}
