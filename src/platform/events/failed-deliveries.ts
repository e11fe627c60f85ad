// Owns deliveries that failed: parked so that the others go on, tried again, and given up as dead letters.
import type { ExpressionBuilder, Selectable } from 'kysely'
import Type from 'typebox'
import { causeAfter } from '../../lib/cause.ts'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { defineEvent, makeEvent, type RecordedEvent } from '../../lib/events.ts'
import type { Database } from '../../tables.ts'
import type { Db, Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import { type Consumer, Permanent, Suspect } from './consumer.ts'
import { appendEvents } from './outbox.ts'

export const DeliveryDeadLettered = defineEvent(
  'delivery.dead_lettered',
  'notifications',
  1,
  Type.Object({
    group: Type.String(),
    event_id: Type.String(),
    type: Type.String(),
    error: Type.String(),
  }),
)

export type FailedRow = Selectable<Database['failed_deliveries']>

/** Pauses before the second, third … attempt, in milliseconds; after the last one it is dead. */
const PAUSES_MS = [500, 2000, 8000, 30_000]
export const MAX_ATTEMPTS = PAUSES_MS.length + 1
const CLAIM_MS = 30_000
/** A failure that lies this far ahead happened before the clock was set back; clocks of machines differ by less. */
const AHEAD_MS = 30_000
const MAX_ERROR_LENGTH = 1000

/** Parks an event whose first delivery failed, in the transaction that moves the group past it. */
export async function parkDelivery(
  store: Store,
  trx: Trx,
  consumer: Consumer,
  event: RecordedEvent,
  error: unknown,
  now: number,
): Promise<void> {
  // Nothing was tried yet with an event that is only suspected.
  const attempts = error instanceof Suspect ? 0 : 1
  const verdict = judge(attempts, error, now)
  await trx
    .insertInto('failed_deliveries')
    .values({
      group_name: consumer.name,
      event_id: event.event_id,
      stream: event.stream,
      type: event.type,
      event: JSON.stringify(event),
      attempts,
      error: wordsOf(error),
      state: verdict.state,
      next_attempt_at: verdict.next_attempt_at,
      failed_at: now,
    })
    .execute()
  if (verdict.state === 'dead') await tellOfDeath(store, trx, consumer.name, event, error, now)
}

/**
 * Takes what is due for the given groups, so that no other worker takes it too. The attempt is counted before
 * it is made: an event that ends the process it is given to is given up in the end.
 */
export async function claimDue(
  store: Store,
  groups: readonly string[],
  now: number,
  limit: number,
): Promise<FailedRow[]> {
  if (!(await anyDue(store.db, groups, now))) return []
  return store.transaction(async (trx) => {
    const query = trx
      .selectFrom('failed_deliveries')
      .selectAll()
      .where('state', '=', 'retrying')
      .where(isDue(now))
      .where('group_name', 'in', groups)
      .orderBy('failed_delivery_id')
      .limit(limit)
    const rows = await store.dialect.forUpdate(query).execute()
    if (rows.length === 0) return []
    await trx
      .updateTable('failed_deliveries')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        next_attempt_at: now + CLAIM_MS,
        failed_at: eb.case().when('failed_at', '>', now).then(now).else(eb.ref('failed_at')).end(),
      }))
      .where(
        'failed_delivery_id',
        'in',
        rows.map((row) => row.failed_delivery_id),
      )
      .execute()
    return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }))
  }, runAgain)
}

async function anyDue(db: Db, groups: readonly string[], now: number): Promise<boolean> {
  const row = await db
    .selectFrom('failed_deliveries')
    .select('failed_delivery_id')
    .where('state', '=', 'retrying')
    .where(isDue(now))
    .where('group_name', 'in', groups)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Its time has come; or the clock was set back meanwhile, and its time would come late by as much. */
function isDue(now: number) {
  return (eb: ExpressionBuilder<Database, 'failed_deliveries'>) =>
    eb.or([eb('next_attempt_at', '<=', now), eb('failed_at', '>', now + AHEAD_MS)])
}

/**
 * In the effect's transaction: this delivery is done now.
 * @returns false when somebody else has done it
 */
export async function settleDelivery(trx: Trx, row: FailedRow): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('failed_deliveries')
    .where('failed_delivery_id', '=', row.failed_delivery_id)
    .where('attempts', '=', row.attempts)
    .where('state', '=', 'retrying')
    .executeTakeFirst()
  return Number(numDeletedRows) === 1
}

/** Notes that the claimed attempt failed: a later one, or the dead letters. */
export function failAgain(
  store: Store,
  row: FailedRow,
  error: unknown,
  now: number,
): Promise<'retrying' | 'dead'> {
  const verdict = judge(row.attempts, error, now)
  return store.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('failed_deliveries')
      .set({ error: wordsOf(error), ...verdict, failed_at: now })
      .where('failed_delivery_id', '=', row.failed_delivery_id)
      .where('attempts', '=', row.attempts)
      .executeTakeFirst()
    if (verdict.state === 'dead' && Number(numUpdatedRows) === 1) {
      await tellOfDeath(store, trx, row.group_name, eventOf(row), error, now)
    }
    return verdict.state
  }, runAgain)
}

/** Puts a claimed delivery back: the attempt doesn't count. */
export async function postpone(store: Store, row: FailedRow, until: number): Promise<void> {
  await store.transaction(async (trx) => {
    await trx
      .updateTable('failed_deliveries')
      .set({ attempts: row.attempts - 1, next_attempt_at: until })
      .where('failed_delivery_id', '=', row.failed_delivery_id)
      .where('attempts', '=', row.attempts)
      .execute()
  }, runAgain)
}

/** Gives a dead letter its attempts back. @returns false when there is no such dead letter */
export async function replayDeadLetter(store: Store, id: number, now: number): Promise<boolean> {
  return store.transaction(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('failed_deliveries')
      .set({ state: 'retrying', attempts: 0, next_attempt_at: now })
      .where('failed_delivery_id', '=', id)
      .where('state', '=', 'dead')
      .executeTakeFirst()
    return Number(numUpdatedRows) === 1
  }, runAgain)
}

/** Newest first. */
export async function listDeadLetters(
  db: Db,
  page: { limit: number; cursor?: string; group?: string },
): Promise<{ items: FailedRow[]; next_cursor: string | null }> {
  let select = db
    .selectFrom('failed_deliveries')
    .selectAll()
    .where('state', '=', 'dead')
    .orderBy('failed_delivery_id', 'desc')
    .limit(page.limit + 1)
  if (page.group !== undefined) select = select.where('group_name', '=', page.group)
  if (page.cursor !== undefined) {
    select = select.where('failed_delivery_id', '<', decodeCursor(page.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), page.limit, (row) => [row.failed_delivery_id])
}

/** A delivery that failed and wasn't mended since, with its whole event. */
export async function findFailed(
  reader: Reader,
  group: string,
  event_id: string,
): Promise<{ group: string; error: string; event: RecordedEvent } | null> {
  const row = await reader
    .selectFrom('failed_deliveries')
    .select(['event', 'error'])
    .where('group_name', '=', group)
    .where('event_id', '=', event_id)
    .executeTakeFirst()
  return row ? { group, error: row.error, event: eventOf(row) } : null
}

export function eventOf(row: Pick<FailedRow, 'event'>): RecordedEvent {
  return JSON.parse(row.event) as RecordedEvent
}

function judge(
  attempts: number,
  error: unknown,
  now: number,
): { state: 'retrying' | 'dead'; next_attempt_at: number } {
  if (attempts === 0) return { state: 'retrying', next_attempt_at: now }
  const pause = PAUSES_MS[attempts - 1]
  if (error instanceof Permanent || pause === undefined)
    return { state: 'dead', next_attempt_at: now }
  return { state: 'retrying', next_attempt_at: now + pause }
}

async function tellOfDeath(
  store: Store,
  trx: Trx,
  group: string,
  event: RecordedEvent,
  error: unknown,
  now: number,
): Promise<void> {
  // A notice that cannot be delivered must not make notices about itself.
  if (event.type === DeliveryDeadLettered.type) return
  const { event_id, type } = event
  await appendEvents(store, trx, causeAfter(event, now), [
    makeEvent(DeliveryDeadLettered, group, { group, event_id, type, error: wordsOf(error) }),
  ])
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
}
