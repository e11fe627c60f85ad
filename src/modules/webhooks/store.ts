// Owns the tables of webhooks and of what they have yet to be told.
import type { Selectable } from 'kysely'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { waitingIn, waitingSince } from '../../platform/db/waiting.ts'
import type { Database } from '../../tables.ts'
import type { DeliveryState, WebhookKind } from './schema.ts'

export type WebhookRow = Selectable<Database['webhooks']>
export type DeliveryRow = Selectable<Database['webhook_deliveries']>

export const { anyDue, claimDue, removeSent, noteFailure, forgetDead } = waitingIn<
  DeliveryRow,
  'delivery_id'
>('webhook_deliveries', 'delivery_id')

export function listWebhooks(reader: Reader): Promise<WebhookRow[]> {
  return reader.selectFrom('webhooks').selectAll().orderBy('webhook_id').execute()
}

export async function findWebhook(reader: Reader, webhook_id: number): Promise<WebhookRow | null> {
  const query = reader.selectFrom('webhooks').selectAll().where('webhook_id', '=', webhook_id)
  return (await query.executeTakeFirst()) ?? null
}

export async function lockWebhook(
  store: Store,
  trx: Trx,
  webhook_id: number,
): Promise<WebhookRow | null> {
  const query = trx.selectFrom('webhooks').selectAll().where('webhook_id', '=', webhook_id)
  return (await store.dialect.forUpdate(query).executeTakeFirst()) ?? null
}

export function kindsOf({ kinds }: Pick<WebhookRow, 'kinds'>): WebhookKind[] {
  return kinds.split(',') as WebhookKind[]
}

export async function insertWebhook(trx: Trx, row: WebhookRow): Promise<void> {
  await trx.insertInto('webhooks').values(row).execute()
}

export async function updateWebhook(
  trx: Trx,
  webhook_id: number,
  change: Partial<Omit<WebhookRow, 'webhook_id'>>,
): Promise<void> {
  await trx.updateTable('webhooks').set(change).where('webhook_id', '=', webhook_id).execute()
}

/** With all that was to be told. */
export async function deleteWebhook(trx: Trx, webhook_id: number): Promise<void> {
  await trx.deleteFrom('webhook_deliveries').where('webhook_id', '=', webhook_id).execute()
  await trx.deleteFrom('webhooks').where('webhook_id', '=', webhook_id).execute()
}

export type NewDelivery = Pick<DeliveryRow, 'webhook_id' | 'event_id' | 'type' | 'body'>

export async function insertDeliveries(
  store: Store,
  trx: Trx,
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<void> {
  const rows = deliveries.map((delivery) => ({ ...delivery, ...waitingSince(now) }))
  await insertAll(store, trx, 'webhook_deliveries', rows)
}

/** Nobody is there: what else waits for the same address isn't tried before. */
export async function postpone(trx: Trx, webhook_id: number, until: number): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set({ next_attempt_at: until })
    .where('webhook_id', '=', webhook_id)
    .where('state', '=', 'waiting' satisfies DeliveryState)
    .where('next_attempt_at', '<', until)
    .execute()
}

/** Newest first; what was taken is no longer there. */
export function listDeliveries(
  reader: Reader,
  webhook_id: number,
  limit: number,
): Promise<DeliveryRow[]> {
  return reader
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhook_id)
    .orderBy('delivery_id', 'desc')
    .limit(limit)
    .execute()
}

/** Gives dead ones their attempts back. @returns how many there were */
export async function reviveDead(trx: Trx, webhook_id: number, now: number): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting' satisfies DeliveryState, attempts: 0, next_attempt_at: now })
    .where('webhook_id', '=', webhook_id)
    .where('state', '=', 'dead' satisfies DeliveryState)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export async function countByState(
  reader: Reader,
): Promise<Map<number, Partial<Record<DeliveryState, number>>>> {
  const rows = await reader
    .selectFrom('webhook_deliveries')
    .select((eb) => ['webhook_id', 'state', eb.fn.countAll().as('deliveries')])
    .groupBy(['webhook_id', 'state'])
    .execute()
  const counts = new Map<number, Partial<Record<DeliveryState, number>>>()
  for (const { webhook_id, state, deliveries } of rows) {
    const known = counts.get(webhook_id) ?? {}
    counts.set(webhook_id, { ...known, [state]: Number(deliveries) })
  }
  return counts
}

export async function lastError(reader: Reader, webhook_id: number): Promise<string | null> {
  const row = await reader
    .selectFrom('webhook_deliveries')
    .select('error')
    .where('webhook_id', '=', webhook_id)
    .where('error', '!=', '')
    .orderBy('delivery_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.error ?? null
}
