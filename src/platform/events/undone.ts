// Owns what is known of events that some group hasn't done yet, and of those that were written at all.
import { type RecordedEvent, type Stream, STREAMS } from '../../lib/events.ts'
import type { Reader } from '../db/store.ts'
import { eventOf } from './failed-deliveries.ts'
import { countDoneOutOfTurn, notDoneOutOfTurn } from './progress.ts'
import { toEvent } from './recorded.ts'
import { headOf } from './relay.ts'

export interface GroupState {
  readonly group: string
  readonly stream: Stream
  /** Events it hasn't done. */
  readonly backlog: number
  readonly retrying: number
  readonly dead: number
}

export async function listGroupStates(reader: Reader): Promise<GroupState[]> {
  const groups = await reader
    .selectFrom('consumer_groups')
    .selectAll()
    .orderBy('stream')
    .orderBy('group_name')
    .execute()
  const unsent = await countUnsent(reader)
  const failed = await countFailed(reader)
  const outOfTurn = await countDoneOutOfTurn(reader)
  const states: GroupState[] = []
  for (const { group_name, stream, position } of groups) {
    const head = await headOf(reader, stream as Stream)
    states.push({
      group: group_name,
      stream: stream as Stream,
      backlog: head - position - (outOfTurn.get(group_name) ?? 0) + (unsent.get(stream) ?? 0),
      retrying: failed.get(`${group_name} retrying`) ?? 0,
      dead: failed.get(`${group_name} dead`) ?? 0,
    })
  }
  return states
}

/** Events without a position, per stream. */
export async function countUnsent(reader: Reader): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const stream of STREAMS) {
    const row = await reader
      .selectFrom('outbox')
      .select((eb) => eb.fn.countAll().as('events'))
      .where('stream', '=', stream)
      .where('position', 'is', null)
      .executeTakeFirstOrThrow()
    counts.set(stream, Number(row.events))
  }
  return counts
}

async function countFailed(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom('failed_deliveries')
    .select((eb) => ['group_name', 'state', eb.fn.countAll().as('deliveries')])
    .groupBy(['group_name', 'state'])
    .execute()
  return new Map(rows.map((row) => [`${row.group_name} ${row.state}`, Number(row.deliveries)]))
}

/** Every event that a group hasn't applied: not delivered yet, or parked, or dead. */
export async function listUndone(reader: Reader, group: string): Promise<RecordedEvent[]> {
  const place = await reader
    .selectFrom('consumer_groups')
    .select(['stream', 'position'])
    .where('group_name', '=', group)
    .executeTakeFirst()
  let waiting = reader.selectFrom('outbox').selectAll()
  if (place) {
    waiting = waiting
      .where('stream', '=', place.stream)
      .where((eb) => eb.or([eb('position', '>', place.position), eb('position', 'is', null)]))
      .where(notDoneOutOfTurn(group))
  }
  const failed = await reader
    .selectFrom('failed_deliveries')
    .select('event')
    .where('group_name', '=', group)
    .execute()
  return [...(await waiting.execute()).map(toEvent), ...failed.map(eventOf)]
}

/** The keys of all events of a type that are still kept. */
export async function eventKeys(reader: Reader, type: string): Promise<Set<string>> {
  const rows = await reader
    .selectFrom('outbox')
    .select('event_key')
    .where('type', '=', type)
    .execute()
  return new Set(rows.map((row) => row.event_key))
}

const PAGE = 1000

type EventHead = Pick<RecordedEvent, 'event_id' | 'type' | 'key' | 'position'>

/** All events of a stream that are still kept, in the order in which they were written. */
export async function* eventsOf(reader: Reader, stream: Stream): AsyncGenerator<EventHead> {
  const heads = reader
    .selectFrom('outbox')
    .select(['event_id', 'type', 'event_key as key', 'position'])
    .where('stream', '=', stream)
  // Along the index: by the order of writing an engine may read the whole stream for every page.
  for (let last = 0; ;) {
    const rows = await heads.where('position', '>', last).orderBy('position').limit(PAGE).execute()
    for (const row of rows) yield { ...row, position: (last = row.position ?? last) }
    if (rows.length < PAGE) break
  }
  const rows = await heads.where('position', 'is', null).orderBy('outbox_id').execute()
  for (const row of rows) yield { ...row, position: Number.MAX_SAFE_INTEGER }
}

/** Says of an event whether a group has applied it. */
export async function appliedBy(
  reader: Reader,
  group: string,
): Promise<(event: Pick<RecordedEvent, 'event_id' | 'position'>) => boolean> {
  const place = await reader
    .selectFrom('consumer_groups')
    .select('position')
    .where('group_name', '=', group)
    .executeTakeFirst()
  const beyond = await reader
    .selectFrom('applied_events')
    .select('position')
    .where('group_name', '=', group)
    .execute()
  const failed = await reader
    .selectFrom('failed_deliveries')
    .select('event_id')
    .where('group_name', '=', group)
    .execute()
  const outOfTurn = new Set(beyond.map((row) => row.position))
  const parked = new Set(failed.map((row) => row.event_id))
  return ({ event_id, position }) =>
    (position <= (place?.position ?? 0) || outOfTurn.has(position)) && !parked.has(event_id)
}
