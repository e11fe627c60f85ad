// Owns what follows from order events for the reports: the sums of their days grow and shrink.
import { dayAt } from '../../lib/days.ts'
import type { RecordedEvent } from '../../lib/events.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { type Consumer, Permanent } from '../../platform/events/consumer.ts'
import { readPayload } from '../../platform/events/payload.ts'
import { OrderCancelled, orderDay, OrderPlaced, OrderRefunded, salesOf } from '../orders/index.ts'
import { PROJECT_SALES } from './heard-store.ts'
import { takeInPast } from './past-actions.ts'
import { lockReversals, saveReversals } from './reversals-store.ts'
import { addFact, emptyTally, type Fact, NOT_REVERSED, type SoldOrder } from './rules.ts'
import { addTally } from './store.ts'

export interface ProjectionNeeds {
  /** As it is in this transaction. */
  readonly timeZone: (reader: Reader) => Promise<string>
}

export function projectSales(store: Store, needs: ProjectionNeeds): Consumer {
  return {
    name: PROJECT_SALES,
    shortName: 'sales-projection',
    stream: 'orders',
    types: [OrderPlaced.type, OrderCancelled.type, OrderRefunded.type],
    begin: async (trx) => takeInPast(store, trx, await needs.timeZone(trx)),
    handle: async (trx, events) => addEvents(store, trx, events, await needs.timeZone(trx)),
  }
}

/** One statement for each table and purpose, however many events there are. */
async function addEvents(
  store: Store,
  trx: Trx,
  events: readonly RecordedEvent[],
  timeZone: string,
): Promise<void> {
  const reversals = events.filter((event) => event.type !== OrderPlaced.type).map(orderIdOf)
  const orderIds = [...new Set(reversals)]
  const known = await lockReversals(store, trx, orderIds)
  // The events about them don't carry what was ordered.
  const sales = new Map((await salesOf(trx, orderIds)).map((sale) => [sale.order_id, sale]))
  const tally = emptyTally()
  for (const event of events) {
    const order = event.type === OrderPlaced.type ? placedOrder(event) : sales.get(orderIdOf(event))
    if (!order) throw new Permanent(`there is no order ${event.key}`)
    const before = known.get(order.order_id) ?? NOT_REVERSED
    const after = addFact(tally, order, factOf(event, timeZone), before)
    if (after !== before) known.set(order.order_id, after)
  }
  await saveReversals(trx, known)
  await addTally(store, trx, tally)
}

function placedOrder(event: RecordedEvent): SoldOrder {
  const { order_id, order_number, lines } = readPayload(OrderPlaced, event)
  return { order_id, day: orderDay(order_number), lines }
}

function orderIdOf(event: RecordedEvent): number {
  const definition = event.type === OrderCancelled.type ? OrderCancelled : OrderRefunded
  return readPayload(definition, event).order_id
}

function factOf(event: RecordedEvent, timeZone: string): Fact {
  switch (event.type) {
    case OrderPlaced.type:
      return { kind: 'placed' }
    case OrderCancelled.type:
      return { kind: 'cancelled' }
    default:
      return { kind: 'refunded', on: dayAt(event.occurred_at, timeZone) }
  }
}
