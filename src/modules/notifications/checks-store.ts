// Owns the proof about notifications: whoever an order event concerns was told.
import type { Check } from '../../platform/doctor.ts'
import { appliedBy, eventsOf } from '../../platform/events/undone.ts'
import type { Reader } from '../../platform/db/store.ts'

/** Their one addressee is a customer; all other events may concern nobody, in a shop with one person. */
const TO_CUSTOMERS = [
  'order.confirmed',
  'order.ready',
  'order.shipped',
  'order.completed',
  'order.refunded',
]
const GROUP = 'notify-people-on-order-change'

export const everyoneWasTold: Check = {
  name: 'every order event has its notification',
  async *run(reader) {
    const told = await toldEvents(reader)
    const isApplied = await appliedBy(reader, GROUP)
    for await (const event of eventsOf(reader, 'orders')) {
      const { event_id, type, key } = event
      if (!TO_CUSTOMERS.includes(type) || told.has(event_id) || !isApplied(event)) continue
      yield { message: `order ${key}: nobody was told of ${type} (${event_id})` }
    }
  },
}

async function toldEvents(reader: Reader): Promise<Set<string>> {
  const rows = await reader.selectFrom('notifications').select('event_id').execute()
  return new Set(rows.map((row) => row.event_id))
}
