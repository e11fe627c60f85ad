// Owns what the suites of the event log share: a store, made-up events, and consumers whose effects are rows.
import { sql } from 'kysely'
import Type from 'typebox'
import type { RecordedEvent } from '../../src/lib/events.ts'
import { defineEvent, makeEvent } from '../../src/lib/events.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import type { Consumer } from '../../src/platform/events/consumer.ts'
import { createEmbeddedLog, registerGroups } from '../../src/platform/events/embedded-log.ts'
import { createLease, type Lease } from '../../src/platform/events/leases.ts'
import type { EventLog } from '../../src/platform/events/log.ts'
import { appendEvents } from '../../src/platform/events/outbox.ts'
import { relayEvents } from '../../src/platform/events/relay.ts'
import type { Core } from '../../src/platform/module.ts'
import { testCore, type TestClock } from '../support/core.ts'

/** Every driver of the event log runs the same suites. */
export const drivers = ['embedded'] as const
export type Driver = (typeof drivers)[number]

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
  openLog(lease?: Lease): OpenLog
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
  readonly log: EventLog
  readonly lease: Lease
  /** Brings what was written to the log. */
  ship(): Promise<void>
}

export const Counted = defineEvent('test.counted', 'orders', 1, Type.Object({ n: Type.Integer() }))
export const Other = defineEvent('test.other', 'orders', 1, Type.Object({ n: Type.Integer() }))

export async function openBench(driver: Driver): Promise<Bench> {
  const { core, clock, close } = await testCore()
  const { store } = core
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
    openLog: (lease = createLease(store, clock, 'worker')) => openLog(driver, store, lease),
    failed: () =>
      store.db
        .selectFrom('failed_deliveries')
        .select(['group_name', 'attempts', 'state', 'error'])
        .orderBy('failed_delivery_id')
        .execute(),
    close,
  }
}

export { registerGroups }

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

function openLog(driver: Driver, store: Store, lease: Lease): OpenLog {
  switch (driver) {
    case 'embedded':
      return {
        log: createEmbeddedLog(store, lease),
        lease,
        async ship() {
          await lease.hold()
          while ((await relayEvents(store, lease)) > 0);
        },
      }
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
