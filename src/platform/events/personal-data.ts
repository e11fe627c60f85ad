// Owns what parked events tell of a person who is erased: they stay, without what could say who it was.
import type { RecordedEvent } from '../../lib/events.ts'
import type { Trx } from '../db/store.ts'

/** What people wrote, or where they logged in from; the rest of an event are ids, states and sums. */
const PERSONAL = ['address', 'user_agent', 'reason']

/** In the transaction that erases the person. Events that no group parked are forgotten after their retention. */
export async function forgetInParkedEvents(trx: Trx, user_id: number): Promise<void> {
  const rows = await trx
    .selectFrom('failed_deliveries')
    .select(['failed_delivery_id', 'event'])
    .where('event', 'like', `%"user_id":${user_id}%`)
    .execute()
  for (const { failed_delivery_id, event } of rows) {
    const erased = withoutPerson(JSON.parse(event) as RecordedEvent, user_id)
    if (!erased) continue
    await trx
      .updateTable('failed_deliveries')
      .set({ event: JSON.stringify(erased) })
      .where('failed_delivery_id', '=', failed_delivery_id)
      .execute()
  }
}

/** Null when the event is about somebody else: the ids of others may begin with the same digits. */
function withoutPerson(event: RecordedEvent, user_id: number): RecordedEvent | null {
  const payload = event.payload as Record<string, unknown>
  if (payload['user_id'] !== user_id) return null
  const kept = Object.entries(payload).map(([name, value]) => {
    return [name, PERSONAL.includes(name) && typeof value === 'string' ? '' : value]
  })
  return { ...event, payload: Object.fromEntries(kept) as RecordedEvent['payload'] }
}
