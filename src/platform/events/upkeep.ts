// Owns forgetting events: only those that every group has done, and after the retention.
import type { Store } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import type { Upkeep } from '../module.ts'
import type { EventLog } from './log.ts'

const MINUTE = 60_000
const ROUND = 2000
const TRIM_MS = 5000

export function pruneEvents(store: Store, retentionMs: number): Upkeep {
  return {
    name: 'prune-events',
    everyMs: MINUTE,
    run: (now) => pruneDone(store, now - retentionMs),
  }
}

/** The broker needs no more than what some group still has to do. */
export function trimBroker({ broker }: EventLog): Upkeep[] {
  return broker ? [{ name: 'trim-broker', everyMs: TRIM_MS, run: () => broker.trim() }] : []
}

async function pruneDone(store: Store, before: number): Promise<void> {
  const groups = await store.db
    .selectFrom('consumer_groups')
    .select((eb) => ['stream', eb.fn.min('position').as('position')])
    .groupBy('stream')
    .execute()
  for (const { stream, position } of groups) {
    while ((await pruneRound(store, stream, Number(position), before)) === ROUND);
  }
}

/** From the beginning only, so that what stays has no gaps. @returns how many were forgotten */
function pruneRound(
  store: Store,
  stream: string,
  position: number,
  before: number,
): Promise<number> {
  return store.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('outbox')
      .select(['outbox_id', 'occurred_at'])
      .where('stream', '=', stream)
      .where('position', '<=', position)
      .orderBy('position')
      .limit(ROUND)
      .execute()
    const young = rows.findIndex((row) => row.occurred_at >= before)
    const old = young === -1 ? rows : rows.slice(0, young)
    if (old.length === 0) return 0
    await trx
      .deleteFrom('outbox')
      .where(
        'outbox_id',
        'in',
        old.map((row) => row.outbox_id),
      )
      .execute()
    return old.length
  }, runAgain)
}
