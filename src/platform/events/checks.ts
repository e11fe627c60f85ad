// Owns the proofs about events: positions without gaps, and no group ahead of its stream.
import { STREAMS } from '../../lib/events.ts'
import type { Check } from '../doctor.ts'
import { headOf } from './relay.ts'

export const positionsHaveNoGap: Check = {
  name: 'every event has its place, without gaps',
  async *run(reader) {
    for (const stream of STREAMS) {
      const row = await reader
        .selectFrom('outbox')
        .select((eb) => [
          eb.fn.countAll().as('events'),
          eb.fn.min('position').as('first'),
          eb.fn.max('position').as('last'),
        ])
        .where('stream', '=', stream)
        .where('position', 'is not', null)
        .executeTakeFirstOrThrow()
      const head = await headOf(reader, stream)
      const events = Number(row.events)
      if (events === 0) continue
      const span = Number(row.last) - Number(row.first) + 1
      if (span !== events) yield { message: `stream ${stream}: ${events} events on ${span} places` }
      if (Number(row.last) !== head) {
        yield { message: `stream ${stream}: last event at ${row.last}, head at ${head}` }
      }
    }
  },
}

export const groupsAreInTheirStream: Check = {
  name: 'no group is ahead of its stream',
  async *run(reader) {
    const groups = await reader.selectFrom('consumer_groups').selectAll().execute()
    for (const { group_name, stream, position } of groups) {
      const known = STREAMS.find((name) => name === stream)
      const head = known ? await headOf(reader, known) : 0
      if (position > head)
        yield { message: `${group_name}: at ${position}, its stream ends at ${head}` }
    }
  },
}
