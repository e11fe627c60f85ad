// Owns writing the audit log: an entry commits with its act, and is sealed a moment later by the one worker.
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { ActName, Facts, SubjectKind } from './schema.ts'
import { sealOf } from './seal.ts'
import { insertEntries, listUnsealed, lockHead, writeSeals } from './store.ts'

export interface Act {
  readonly act: ActName
  readonly subject: readonly [kind: SubjectKind, id: string | number]
  readonly before?: Facts | null
  readonly after?: Facts | null
  /** Whoever it was, where the cause can't know: somebody who is just logging in. */
  readonly actor_id?: number | null
}

/** In the transaction of the acts. Texts that tell of people have no place in the facts. */
export function recordActs(
  store: Store,
  trx: Trx,
  cause: Cause,
  acts: readonly Act[],
): Promise<void> {
  const rows = acts.map(({ act, subject: [kind, id], before, after, actor_id }) => ({
    act,
    actor_id: actor_id === undefined ? cause.actor_id : actor_id,
    subject_kind: kind,
    subject_id: String(id),
    facts_before: before ? JSON.stringify(before) : null,
    facts_after: after ? JSON.stringify(after) : null,
    request_id: cause.request_id,
    recorded_at: cause.now,
  }))
  return insertEntries(store, trx, rows)
}

/** For acts that change nothing in the shop's tables, such as somebody's taking data home. */
export function recordAct(store: Store, cause: Cause, act: Act): Promise<void> {
  return store.transaction((trx) => recordActs(store, trx, cause, [act]), runAgain)
}

const ROUND = 200

/** Seals everything there is. Two who do it at once wait for each other. */
export async function sealEntries(store: Store): Promise<void> {
  while ((await listUnsealed(store.db, 1)).length > 0)
    await store.transaction((trx) => sealRound(store, trx), runAgain)
}

async function sealRound(store: Store, trx: Trx): Promise<void> {
  const head = await lockHead(store, trx)
  let { seal_no, seal } = head
  // Read under the lock: by the order of their sealing, which needn't be that of their numbers.
  const sealed = (await listUnsealed(trx, ROUND)).map((entry) => {
    seal = sealOf(entry, ++seal_no, seal)
    return [entry.entry_id, seal_no, seal] as const
  })
  if (sealed.length > 0) await writeSeals(store, trx, sealed, { seal_no, seal })
}
