// Owns one group at work: its reader, its lease, and one step of bringing it what is new.
import { createSignal, type Signal } from '../../lib/signal.ts'
import type { Core } from '../module.ts'
import type { Consumer } from './consumer.ts'
import { deliver } from './delivery.ts'
import { createLease, type Lease } from './leases.ts'
import { type Delivery, type GroupReader, LostEvents } from './log.ts'
import { relayEvents } from './relay.ts'
import type { Share } from './share.ts'
import { sendAgain, shipEvents } from './shipping.ts'

export interface Group {
  readonly consumer: Consumer
  readonly lease: Lease
  readonly reader: GroupReader
  readonly signal: Signal
}

const BATCH = 200

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
  return { consumer, lease: own, reader: events.reader(consumer, own), signal: createSignal() }
}

export async function closeGroup({ reader, lease }: Group): Promise<void> {
  await reader.close()
  await lease.release()
}

/** Gives events their positions, and ships them. @returns how many were moved */
export async function relay({ store, events }: Core, lease: Lease): Promise<number> {
  const numbered = await relayEvents(store, lease)
  return numbered + (await shipEvents(store, events, lease))
}

/** @returns whether there may be more */
export async function deliverOnce(core: Core, { consumer, reader }: Group): Promise<boolean> {
  const events = await readOrRecover(core, reader)
  if (events.length > 0) await deliver(core, consumer, reader, events)
  return events.length > 0
}

async function readOrRecover(core: Core, reader: GroupReader): Promise<Delivery[]> {
  try {
    return await reader.read(BATCH)
  } catch (error) {
    if (!(error instanceof LostEvents)) throw error
    core.log.warn({ reason: error.message }, 'events are sent to the log again')
    await sendAgain(core.store, core.events)
    await error.settle()
    return []
  }
}
