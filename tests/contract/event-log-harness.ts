// Owns what the suites of the event log share: a store, made-up events, and consumers whose effects are rows.
import { sql } from 'kysely'
import Type from 'typebox'
import { describe } from 'vitest'
import type { RecordedEvent } from '../../src/lib/events.ts'
import { defineEvent, makeEvent } from '../../src/lib/events.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import type { Consumer } from '../../src/platform/events/consumer.ts'
import { createLease, type Lease } from '../../src/platform/events/leases.ts'
import type { GroupReader } from '../../src/platform/events/log.ts'
import { openEventLog } from '../../src/platform/events/open-log.ts'
import { appendEvents } from '../../src/platform/events/outbox.ts'
import { acceptEvents, registerGroups } from '../../src/platform/events/progress.ts'
import { relayEvents } from '../../src/platform/events/relay.ts'
import { shipEvents } from '../../src/platform/events/shipping.ts'
import type { Core } from '../../src/platform/module.ts'
import { testCore, type TestClock } from '../support/core.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { makeStack } from '../support/stack.ts'

/** Every driver of the event log runs the same suites; where its server is missing, one test says so. */
export function describeLogs(
  name: string,
  suite: (driver: Driver) => void,
  on: readonly Driver[] = drivers,
): void {
  for (const driver of on) {
    if (driver === 'embedded') describe(`[embedded] ${name}`, () => suite(driver))
    else describeEngine(driver, name, () => suite(driver))
  }
}

const drivers = ['embedded', 'redis', 'kafka'] as const
type Driver = (typeof drivers)[number]

export interface Effect {
  readonly event_id: string
  readonly key: string
  readonly n: number
}

export interface Bench {
  readonly core: Core
  readonly clock: TestClock
  /** Writes one event per number, in one business transaction. @returns their ids are not known yet */
  write(numbers: readonly number[], options?: WriteOptions): Promise<void>
  /** A consumer that records every event it applies; `before` may throw. */
  consumer(name: string, options?: ConsumerOptions): Consumer
  /** What a group has done, in its order; doubled effects stand here twice. */
  effects(group: string): Promise<Effect[]>
  numbers(group: string): Promise<number[]>
  /** A worker's view of the log, to be driven step by step. */
  openLog(lease?: Lease): Promise<OpenLog>
  failed(): Promise<{ group_name: string; attempts: number; state: string; error: string }[]>
  close(): Promise<void>
}

export interface WriteOptions {
  /** The key of an event; all the same when left out. */
  readonly keyOf?: (n: number) => string
  readonly other?: boolean
}

export interface ConsumerOptions {
  readonly types?: readonly string[]
  /** Before an event's effect. */
  readonly before?: (event: RecordedEvent) => void | Promise<void>
  /** After the effect, still inside its transaction. */
  readonly after?: (event: RecordedEvent) => void | Promise<void>
}

export interface OpenLog {
  readonly lease: Lease
  /** A group's reader; closed with the bench. */
  reader(consumer: Consumer): GroupReader
  /** Brings what was written to the log. */
  ship(): Promise<void>
  /** As if its process ended: whatever it was handed and didn't acknowledge is anybody's. */
  end(): Promise<void>
}

export const Counted = defineEvent('test.counted', 'orders', 1, Type.Object({ n: Type.Integer() }))
export const Other = defineEvent('test.other', 'orders', 1, Type.Object({ n: Type.Integer() }))

/** `env`: settings besides those of the driver. */
export async function openBench(
  driver: Driver,
  env: Readonly<Record<string, string>> = {},
): Promise<Bench> {
  const stack = await makeStack('sqlite', driver)
  const { core, clock, close } = await testCore({ env: { ...stack.env, ...env } })
  const { store } = core
  const closers: (() => Promise<void>)[] = []
  // Nothing here pulls the plug: waiting for the disk would be most of the time.
  await sql`pragma synchronous = off`.execute(store.db)
  await sql`create table effects (group_name text, event_id text, event_key text, n integer)`.execute(
    store.db,
  )
  return {
    core,
    clock,
    write: (numbers, options = {}) => write(core, numbers, options),
    consumer: (name, options = {}) => recorder(name, options),
    effects: (group) => readEffects(store, group),
    numbers: async (group) => (await readEffects(store, group)).map(({ n }) => n),
    openLog: (lease = createLease(store, clock, 'worker')) => openLog(core, lease, closers),
    failed: () =>
      store.db
        .selectFrom('failed_deliveries')
        .select(['group_name', 'attempts', 'state', 'error'])
        .orderBy('failed_delivery_id')
        .execute(),
    async close() {
      for (const closer of closers) await closer()
      await close()
      await stack.drop()
    },
  }
}

export { registerGroups }

/** What a worker does with a batch, up to the moment before the commit. */
export function apply(
  core: Core,
  consumer: Consumer,
  events: readonly RecordedEvent[],
  beforeCommit: () => void = () => {},
): Promise<void> {
  return core.store.transaction(async (trx) => {
    await consumer.handle(trx, await acceptEvents(core.store, trx, consumer.name, events))
    beforeCommit()
  })
}

/** A broker hands out what it was sent a moment later. */
export async function readSome(
  reader: GroupReader,
  limit: number,
  atLeast = 1,
): Promise<Awaited<ReturnType<GroupReader['read']>>> {
  for (;;) {
    const events = await reader.read(limit)
    if (events.length >= atLeast) return events
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export function range(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}

export function numberOf(event: RecordedEvent): number {
  return (event.payload as { n: number }).n
}

/** What SQLite says when the disk doesn't answer. */
export function storeAway(): Error {
  return Object.assign(new Error('disk I/O error'), { errcode: 10 })
}

/** As another process would have it: a connection of its own. */
async function openLog(
  core: Core,
  lease: Lease,
  closers: (() => Promise<void>)[],
): Promise<OpenLog> {
  const log = await openEventLog(core)
  const readers: GroupReader[] = []
  let ended: Promise<void> | undefined
  const end = () =>
    (ended ??= Promise.all(readers.map((reader) => reader.close())).then(() => log.close()))
  closers.push(end)
  return {
    lease,
    end,
    reader(consumer) {
      const reader = log.reader(consumer, lease)
      readers.push(reader)
      return reader
    },
    async ship() {
      await lease.hold()
      while ((await relayEvents(core.store, lease)) > 0);
      while ((await shipEvents(core.store, log, lease)) > 0);
    },
  }
}

function write(
  { store, clock }: Core,
  numbers: readonly number[],
  { keyOf = () => 'one', other = false }: WriteOptions,
): Promise<void> {
  const cause = { actor_id: null, request_id: 'a-request', now: clock.now() }
  const events = numbers.map((n) => makeEvent(other ? Other : Counted, keyOf(n), { n }))
  return store.transaction((trx) => appendEvents(store, trx, cause, events))
}

function recorder(
  name: string,
  { types = [Counted.type], before, after }: ConsumerOptions,
): Consumer {
  return {
    name,
    stream: 'orders',
    types,
    async handle(trx, events) {
      for (const event of events) {
        await before?.(event)
        await insertEffect(trx, name, event)
        await after?.(event)
      }
    },
  }
}

async function insertEffect(trx: Trx, group: string, event: RecordedEvent): Promise<void> {
  const { event_id, key } = event
  await sql`insert into effects values (${group}, ${event_id}, ${key}, ${numberOf(event)})`.execute(
    trx,
  )
}

async function readEffects(store: Store, group: string): Promise<Effect[]> {
  const { rows } = await sql<Effect>`
    select event_id, event_key as key, n from effects where group_name = ${group} order by rowid
  `.execute(store.db)
  return rows
}
