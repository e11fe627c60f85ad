// Owns the way from the outbox to a broker: in order, at least once, and again whatever a broker has lost.
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import { STREAMS } from '../../lib/events.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import { DeliveryDeadLettered, findFailed } from './failed-deliveries.ts'
import type { Lease } from './leases.ts'
import type { Broker, EventLog } from './log.ts'
import { lowestPlace } from './progress.ts'
import { toEvent } from './recorded.ts'

const BATCH = 500

/**
 * Sends what the broker hasn't got, a batch of each stream.
 * @returns how many; 0 when it has everything
 * @throws LogAway
 */
export async function shipEvents(store: Store, log: EventLog, lease: Lease): Promise<number> {
  if (!log.broker) return 0
  const epoch = await log.broker.epoch()
  let sent = 0
  for (const stream of STREAMS) {
    const from = await sentUpTo(store.db, log.name, stream, epoch)
    if (from === null) continue
    const events = await readAfter(store.db, stream, from)
    const last = events.at(-1)
    if (!last) continue
    await buryTheDead(store.db, log.broker, events)
    await log.broker.publish(stream, events)
    // Between these two a crash sends the batch again: groups know what they have done.
    await store.transaction(async (trx) => {
      await lease.guard(trx)
      await noteShipment(store, trx, { log: log.name, stream, position: last.position, epoch })
    }, runAgain)
    sent += events.length
  }
  return sent
}

/** @returns null when nobody listens to the stream */
async function sentUpTo(
  reader: Reader,
  log: string,
  stream: Stream,
  epoch: string,
): Promise<number | null> {
  const least = await lowestPlace(reader, stream)
  if (least === null) return null
  const row = await reader
    .selectFrom('shipments')
    .select(['position', 'epoch'])
    .where('log', '=', log)
    .where('stream', '=', stream)
    .executeTakeFirst()
  // Whatever every group has done needs no broker any more, also when another log has brought it.
  return row?.epoch === epoch ? Math.max(row.position, least) : least
}

async function readAfter(
  reader: Reader,
  stream: Stream,
  position: number,
): Promise<RecordedEvent[]> {
  const rows = await reader
    .selectFrom('outbox')
    .selectAll()
    .where('stream', '=', stream)
    .where('position', '>', position)
    .orderBy('position')
    .limit(BATCH)
    .execute()
  return rows.map(toEvent)
}

interface Shipment {
  readonly log: string
  readonly stream: Stream
  readonly position: number
  readonly epoch: string
}

async function noteShipment(store: Store, trx: Trx, shipment: Shipment): Promise<void> {
  const { log, stream, position, epoch } = shipment
  const { numUpdatedRows } = await trx
    .updateTable('shipments')
    .set({ position, epoch })
    .where('log', '=', log)
    .where('stream', '=', stream)
    .executeTakeFirst()
  if (Number(numUpdatedRows) > 0) return
  await store.dialect.ignoreConflicts(trx.insertInto('shipments').values(shipment)).execute()
}

/** Whatever some group hasn't done is sent to this log again. */
export async function sendAgain(store: Store, log: EventLog): Promise<void> {
  await store.transaction(async (trx) => {
    await trx.updateTable('shipments').set({ epoch: '' }).where('log', '=', log.name).execute()
  }, runAgain)
}

/** The news of a dead letter travels through the outbox: the letter itself goes along with it. */
async function buryTheDead(
  reader: Reader,
  broker: Broker,
  events: readonly RecordedEvent[],
): Promise<void> {
  for (const { type, payload } of events) {
    if (type !== DeliveryDeadLettered.type) continue
    const { group, event_id } = payload as { group: string; event_id: string }
    const letter = await findFailed(reader, group, event_id)
    if (letter) await broker.bury(letter)
  }
}

/** How many events the broker hasn't been sent yet. */
export async function countUnshipped(reader: Reader, log: EventLog): Promise<number> {
  if (!log.broker) return 0
  const rows = await reader
    .selectFrom('shipments')
    .select(['stream', 'position'])
    .where('log', '=', log.name)
    .execute()
  const positions = new Map(rows.map((row) => [row.stream, row.position]))
  let count = 0
  for (const stream of STREAMS) {
    const least = await lowestPlace(reader, stream)
    if (least === null) continue
    const from = Math.max(positions.get(stream) ?? 0, least)
    const row = await reader
      .selectFrom('outbox')
      .select((eb) => eb.fn.countAll().as('events'))
      .where('stream', '=', stream)
      .where('position', '>', from)
      .executeTakeFirstOrThrow()
    count += Number(row.events)
  }
  return count
}
