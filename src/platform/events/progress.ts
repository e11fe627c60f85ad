// Owns what each group has done, on every log alike: everything up to its place, and single events beyond it.
import { sql, type SqlBool } from 'kysely'
import type { Stream } from '../../lib/events.ts'
import { insertAll } from '../db/insert.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import type { Consumer } from './consumer.ts'
import { headOf } from './relay.ts'

/** Another process may be making the same group, and its past may be long. */
const BEGIN_PATIENCE_MS = 120_000

/** Makes the groups that are new: they take in the past, if they want it, and go on with what comes from now on. */
export async function registerGroups(store: Store, consumers: readonly Consumer[]): Promise<void> {
  for (const consumer of consumers) {
    if (await isKnown(store.db, consumer.name)) continue
    try {
      const options = { ...runAgain, patienceMs: BEGIN_PATIENCE_MS }
      await store.transaction((trx) => registerGroup(trx, consumer), options)
    } catch (error) {
      // Another process was faster.
      if (!(await isKnown(store.db, consumer.name))) throw error
    }
  }
}

async function registerGroup(trx: Trx, consumer: Consumer): Promise<void> {
  const { name, stream } = consumer
  if (await isKnown(trx, name)) return
  const position = await headOf(trx, stream)
  // First of all: whoever makes the same group waits here, and fails when this is committed.
  await trx.insertInto('consumer_groups').values({ group_name: name, stream, position }).execute()
  await consumer.begin?.(trx)
}

/** Makes a group anew, as if it had never been: what it has done is forgotten, and it begins again. */
export function remakeGroup(store: Store, consumer: Consumer): Promise<void> {
  const { name } = consumer
  const options = { ...runAgain, patienceMs: BEGIN_PATIENCE_MS }
  return store.transaction(async (trx) => {
    // First of all: waits for the batch that is under way, which may park something.
    await trx.deleteFrom('consumer_groups').where('group_name', '=', name).execute()
    // What is parked lies before the new place: it must not be applied on top of the past.
    await trx.deleteFrom('failed_deliveries').where('group_name', '=', name).execute()
    await trx.deleteFrom('applied_events').where('group_name', '=', name).execute()
    await registerGroup(trx, consumer)
  }, options)
}

async function isKnown(reader: Reader, group: string): Promise<boolean> {
  const row = await reader
    .selectFrom('consumer_groups')
    .select('position')
    .where('group_name', '=', group)
    .executeTakeFirst()
  return row !== undefined
}

/** Up to here a group has done everything. */
export async function placeOf(reader: Reader, group: string): Promise<number> {
  const row = await reader
    .selectFrom('consumer_groups')
    .select('position')
    .where('group_name', '=', group)
    .executeTakeFirstOrThrow()
  return row.position
}

/** Up to here all groups of a stream have done everything; null when the stream has no group. */
export async function lowestPlace(reader: Reader, stream: Stream): Promise<number | null> {
  const row = await reader
    .selectFrom('consumer_groups')
    .select((eb) => eb.fn.min('position').as('position'))
    .where('stream', '=', stream)
    .executeTakeFirstOrThrow()
  const position = row.position as number | null
  return position === null ? null : Number(position)
}

/**
 * In the effect's transaction: records that the group has done these events.
 * @returns those that it had not done before. The group's row stays locked until the commit, so that two
 *   workers who were handed the same events can't both find them new
 */
export async function acceptEvents<E extends { readonly position: number }>(
  store: Store,
  trx: Trx,
  group: string,
  events: readonly E[],
): Promise<E[]> {
  const place = await lockPlace(store, trx, group)
  const beyond = events.filter((event) => event.position > place)
  if (beyond.length === 0) return []
  const positions = beyond.map((event) => event.position)
  // One further than the last: it tells whether the place may move on into what was done out of turn.
  const done = await doneBetween(trx, group, Math.min(...positions), Math.max(...positions) + 1)
  const seen = new Set(done)
  const fresh = beyond.filter(({ position }) => !seen.has(position) && seen.add(position))
  await record(
    store,
    trx,
    group,
    place,
    fresh.map((event) => event.position),
    done,
  )
  return fresh
}

async function record(
  store: Store,
  trx: Trx,
  group: string,
  place: number,
  fresh: readonly number[],
  done: readonly number[],
): Promise<void> {
  const near = new Set([...fresh, ...done])
  let next = place
  while (near.has(next + 1)) next++
  if (done.includes(next)) next = await passOver(trx, group, next)
  if (next > place) await movePlace(trx, group, next)
  if (next > place && done.length > 0) await forgetUpTo(trx, group, next)
  const rows = fresh.filter((position) => position > next)
  await insertAll(
    store,
    trx,
    'applied_events',
    rows.map((position) => ({ group_name: group, position })),
  )
}

async function lockPlace(store: Store, trx: Trx, group: string): Promise<number> {
  const query = trx.selectFrom('consumer_groups').select('position').where('group_name', '=', group)
  return (await store.dialect.forUpdate(query).executeTakeFirstOrThrow()).position
}

async function doneBetween(trx: Trx, group: string, from: number, to: number): Promise<number[]> {
  const rows = await trx
    .selectFrom('applied_events')
    .select('position')
    .where('group_name', '=', group)
    .where('position', '>=', from)
    .where('position', '<=', to)
    .execute()
  return rows.map((row) => row.position)
}

const STEP = 1000

/** Beyond the batch others may have gone far ahead: the place moves over all that is without a gap. */
async function passOver(trx: Trx, group: string, from: number): Promise<number> {
  for (let next = from; ;) {
    const done = new Set(await doneBetween(trx, group, next + 1, next + STEP))
    const before = next
    while (done.has(next + 1)) next++
    if (next < before + STEP) return next
  }
}

async function movePlace(trx: Trx, group: string, position: number): Promise<void> {
  await trx
    .updateTable('consumer_groups')
    .set({ position })
    .where('group_name', '=', group)
    .execute()
}

async function forgetUpTo(trx: Trx, group: string, position: number): Promise<void> {
  await trx
    .deleteFrom('applied_events')
    .where('group_name', '=', group)
    .where('position', '<=', position)
    .execute()
}

/** For queries on the outbox: the group has not done this event out of turn. */
export function notDoneOutOfTurn(group: string) {
  return sql<SqlBool>`not exists (
    select 1 from applied_events
    where applied_events.group_name = ${group} and applied_events.position = outbox.position
  )`
}

/** How many events each group has done out of turn. */
export async function countDoneOutOfTurn(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom('applied_events')
    .select((eb) => ['group_name', eb.fn.countAll().as('events')])
    .groupBy('group_name')
    .execute()
  return new Map(rows.map((row) => [row.group_name, Number(row.events)]))
}
