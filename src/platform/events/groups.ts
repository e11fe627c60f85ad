// Owns one group at work: its reader, its lease, and one step of bringing it what is new.
import type { Behind } from '../../lib/pace.ts'
import { createSignal, type Signal } from '../../lib/signal.ts'
import type { Core } from '../module.ts'
import type { Consumer } from './consumer.ts'
import { applyBatch, deliver } from './delivery.ts'
import { createLease, type Lease } from './leases.ts'
import { type Delivery, type GroupReader, LostEvents } from './log.ts'
import { relayEvents, unsentEvents } from './relay.ts'
import type { Share } from './share.ts'
import { sendAgain, shipEvents } from './shipping.ts'

export interface Group {
  readonly consumer: Consumer
  readonly lease: Lease
  readonly reader: GroupReader
  readonly signal: Signal
  /** As it was when it last read. */
  behind: Behind
}

const BATCH = 200
/** A group that has fallen behind takes longer steps: people wait longer, and it catches up. */
const BATCH_BEHIND = 800
const MANY_EVENTS = 50_000
const UP_TO_DATE: Behind = { ms: 0, events: 0 }
/** The relay moves so many at once when it isn't up to date. */
const MANY_UNSENT = 500

/** `lease`: the whole worker's, if this is one. */
export function openGroup(
  core: Core,
  lease: Lease | null,
  consumer: Consumer,
  share?: Share,
): Group {
  const { store, clock, events } = core
  // SQLite has one writer anyway; elsewhere several workers share the groups out among them.
  const shared = store.dialect.name === 'sqlite' ? lease : null
  const own = shared ?? createLease(store, clock, `group ${consumer.name}`, share)
  return {
    consumer,
    lease: own,
    reader: events.reader(consumer, own),
    signal: createSignal(),
    behind: UP_TO_DATE,
  }
}

export async function closeGroup({ reader, lease }: Group): Promise<void> {
  await reader.close()
  await lease.release()
}

/** How many events the relay had left when it last stopped. */
export interface Unsent {
  events: number
}

/** Gives events their positions, and ships them. @returns how many were moved */
export async function relay(core: Core, lease: Lease, unsent: Unsent): Promise<number> {
  const { store, events, pace, tracing } = core
  const step = async () => {
    const moved = await relayEvents(store, lease)
    unsent.events = moved < MANY_UNSENT ? 0 : await unsentEvents(store)
    return moved
  }
  const numbered = await pace.step(step, { ms: 0, events: unsent.events })
  return numbered + (await shipEvents(store, events, lease, tracing))
}

/** @returns whether there may be more */
export async function deliverOnce(core: Core, group: Group): Promise<boolean> {
  const { consumer, reader } = group
  // Reading from a broker is waiting for it; from the store it is work like the rest.
  if (!core.events.broker) return core.pace.step(() => readAndDeliver(core, group), group.behind)
  const events = await readOrRecover(core, reader, BATCH)
  group.behind = { ms: ageOf(core, events), events: 0 }
  if (events.length === 0) return false
  await deliver(core, consumer, reader, events, group.behind)
  return true
}

async function readAndDeliver(core: Core, group: Group): Promise<boolean> {
  const limit = group.behind.events > MANY_EVENTS ? BATCH_BEHIND : BATCH
  const events = await readOrRecover(core, group.reader, limit)
  const left = events.length < BATCH ? 0 : ((await group.reader.left?.()) ?? 0)
  group.behind = { ms: ageOf(core, events), events: left }
  // What an embedded log has brought needs no acknowledging: the place has moved with the effect.
  if (events.length > 0) await applyBatch(core, group.consumer, events)
  return events.length > 0
}

function ageOf(core: Core, [oldest]: readonly Delivery[]): number {
  return oldest ? core.clock.now() - oldest.occurred_at : 0
}

async function readOrRecover(core: Core, reader: GroupReader, limit: number): Promise<Delivery[]> {
  try {
    return await reader.read(limit)
  } catch (error) {
    if (!(error instanceof LostEvents)) throw error
    core.log.warn({ reason: error.message }, 'events are sent to the log again')
    await sendAgain(core.store, core.events)
    await error.settle()
    // Once more: what was sent before the log knew this group may have been forgotten before that, too.
    await sendAgain(core.store, core.events)
    return []
  }
}
