// Owns the proof about notifications: whoever an order event concerns was told.
import type { Check } from '../../platform/doctor.ts'
import { appliedBy, eventsOf } from '../../platform/events/undone.ts'
import type { Reader } from '../../platform/db/store.ts'
import { kindsChosen } from './preferences-store.ts'

/** Their one addressee is a customer; all other events may concern nobody, in a shop with one person. */
const TO_CUSTOMERS = [
  'order.confirmed',
  'order.ready',
  'order.shipped',
  'order.completed',
  'order.refunded',
]
const GROUP = 'notify-people-on-order-change'

/** Of which of these orders the customer may be told now, by order: who is disabled or gone wasn't, or it was erased. */
export type Reachable = (
  reader: Reader,
  orderIds: readonly number[],
) => Promise<ReadonlyMap<number, number>>

export function everyoneWasTold(reachable: Reachable): Check {
  return {
    name: 'every order event has its notification',
    async *run(reader) {
      const told = await toldEvents(reader)
      const isApplied = await appliedBy(reader, GROUP)
      const untold: { readonly order_id: number; readonly type: string; readonly id: string }[] = []
      for await (const event of eventsOf(reader, 'orders')) {
        const { event_id: id, type, key } = event
        if (!TO_CUSTOMERS.includes(type) || told.has(id) || !isApplied(event)) continue
        untold.push({ order_id: Number(key), type, id })
      }
      const buyers = await reachable(reader, [...new Set(untold.map(({ order_id }) => order_id))])
      const chosen = await kindsChosen(reader, [...new Set(buyers.values())])
      for (const { order_id, type, id } of untold) {
        const user_id = buyers.get(order_id)
        // Whoever ever chose may have wanted to hear nothing of it then.
        if (user_id === undefined || chosen.has(`${user_id} ${type}`)) continue
        yield { message: `order ${order_id}: nobody was told of ${type} (${id})` }
      }
    },
  }
}

async function toldEvents(reader: Reader): Promise<Set<string>> {
  const rows = await reader.selectFrom('notifications').select('event_id').execute()
  return new Set(rows.map((row) => row.event_id))
}
