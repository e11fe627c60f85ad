// Owns the way from the outbox to a broker: in order, at least once, and again whatever a broker has lost.
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import { STREAMS } from '../../lib/events.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import { DeliveryDeadLettered, findFailed } from './failed-deliveries.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { Lease } from './leases.ts'
import type { Broker, EventLog } from './log.ts'
import { lowestPlace } from './progress.ts'
import { encodeEvent, toEvent } from './recorded.ts'

const BATCH = 500
/** Kafka refuses a batch for one partition above 1 MiB, and a character may take three bytes. */
const BATCH_BYTES = 300_000

/**
 * Sends what the broker hasn't got, a batch of each stream.
 * @returns how many; 0 when it has everything
 * @throws LogAway
 */
export async function shipEvents(
  store: Store,
  log: EventLog,
  lease: Lease,
  tracing: Tracing | null = null,
): Promise<number> {
  if (!log.broker) return 0
  const epoch = await log.broker.epoch()
  let sent = 0
  for (const stream of STREAMS) {
    const least = await lowestPlace(store.db, stream)
    // Nobody listens to it.
    if (least === null) continue
    const before = await findShipment(store.db, log.name, stream)
    const events = upTo(
      BATCH_BYTES,
      await readAfter(store.db, stream, placeOf(before, epoch, least)),
    )
    const last = events.at(-1)
    if (!last) continue
    await buryTheDead(store.db, log.broker, events)
    const endSpans = tracing?.beginEach(`ship to ${stream}`, 'producer', events)
    await log.broker.publish(stream, events).finally(endSpans)
    // Between these two a crash sends the batch again: groups know what they have done.
    await store.transaction(async (trx) => {
      await lease.guard(trx)
      const shipment = { log: log.name, stream, position: last.position, epoch }
      await noteShipment(store, trx, shipment, before)
    }, runAgain)
    sent += events.length
  }
  return sent
}

type Shipped = Pick<Shipment, 'position' | 'epoch'>

async function findShipment(reader: Reader, log: string, stream: Stream): Promise<Shipped | null> {
  const row = await reader
    .selectFrom('shipments')
    .select(['position', 'epoch'])
    .where('log', '=', log)
    .where('stream', '=', stream)
    .executeTakeFirst()
  return row ?? null
}

/** Whatever every group has done needs no broker any more, also when another log has brought it. */
function placeOf(shipped: Shipped | null, epoch: string, least: number): number {
  return shipped?.epoch === epoch ? Math.max(shipped.position, least) : least
}

/** The first of the events that are so long together, in characters; one at least. */
function upTo(most: number, events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  let length = 0
  const tooMany = events.findIndex((event, i) => {
    length += encodeEvent(event).length
    return length > most && i > 0
  })
  return tooMany < 0 ? events : events.slice(0, tooMany)
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

/** Unless somebody has asked meanwhile to send again: then what was sent just now is no reason not to. */
async function noteShipment(
  store: Store,
  trx: Trx,
  shipment: Shipment,
  before: Shipped | null,
): Promise<void> {
  const { log, stream, position, epoch } = shipment
  if (before === null) {
    await store.dialect.ignoreConflicts(trx.insertInto('shipments').values(shipment)).execute()
    return
  }
  await trx
    .updateTable('shipments')
    .set({ position, epoch })
    .where('log', '=', log)
    .where('stream', '=', stream)
    .where('epoch', '=', before.epoch)
    .execute()
}

/** Whatever some group hasn't done is sent to this log again. */
export async function sendAgain(store: Store, log: EventLog): Promise<void> {
  await store.transaction(async (trx) => {
    for (const stream of STREAMS) {
      const nothing = { log: log.name, stream, position: 0, epoch: '' }
      await store.dialect.ignoreConflicts(trx.insertInto('shipments').values(nothing)).execute()
    }
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
  let count = 0
  for (const stream of STREAMS) {
    const least = await lowestPlace(reader, stream)
    if (least === null) continue
    const shipped = await findShipment(reader, log.name, stream)
    // Without an epoch everything is to be sent again.
    const from = placeOf(shipped, shipped?.epoch || 'any', least)
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
