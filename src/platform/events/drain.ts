// Owns doing all background work there is in one call: for the demo's past and for tests.
import { setTimeout as pause } from 'node:timers/promises'
import type { Core } from '../module.ts'
import type { Consumer } from './consumer.ts'
import { closeGroup, deliverOnce, type Group, openGroup, relay } from './groups.ts'
import { createLease } from './leases.ts'
import type { EventLog } from './log.ts'
import { registerGroups } from './progress.ts'
import { listGroupStates } from './undone.ts'

const BROKER_POLL_MS = 10

/**
 * Relays and applies everything there is, in this very call, and returns: the outcome does not depend on when
 * loops happen to run. Deliveries that failed stay parked. Not beside a worker of the same process.
 */
export async function drain(core: Core, consumers: readonly Consumer[]): Promise<void> {
  await registerGroups(core.store, consumers)
  const lease = createLease(core.store, core.clock, 'worker')
  const groups = consumers.map((consumer) =>
    core.events.broker ? keptGroup(core, consumer) : openGroup(core, lease, consumer),
  )
  try {
    for (let more = true; more;) {
      if (!(await lease.hold())) throw new Error('another process is doing the background work')
      more = (await relay(core, lease, { events: 0 })) > 0
      for (const group of groups) if (await deliverOnce(core, group)) more = true
      more ||= await waitForBroker(core, consumers)
    }
  } finally {
    for (const group of groups) await group.lease.release()
    await lease.release()
  }
}

/** Joining a group of Kafka's takes a while: between two calls its reader stays, until the log is closed. */
const kept = new WeakMap<EventLog, Map<string, Group>>()

function keptGroup(core: Core, consumer: Consumer): Group {
  const groups = kept.get(core.events) ?? new Map<string, Group>()
  kept.set(core.events, groups)
  const group = groups.get(consumer.name) ?? openGroup(core, null, consumer)
  groups.set(consumer.name, group)
  return { ...group, consumer }
}

/** Before something else reads for these groups. */
export async function closeDrained(log: EventLog): Promise<void> {
  const groups = kept.get(log)
  kept.delete(log)
  for (const group of groups?.values() ?? []) await closeGroup(group)
}

/** A broker hands out what it was sent a moment later. @returns whether something is still to come */
async function waitForBroker(core: Core, consumers: readonly Consumer[]): Promise<boolean> {
  if (!core.events.broker) return false
  const names = new Set(consumers.map((consumer) => consumer.name))
  const groups = await listGroupStates(core.store.db)
  const left = groups.some(({ group, backlog }) => names.has(group) && backlog > 0)
  if (left) await pause(BROKER_POLL_MS)
  return left
}
