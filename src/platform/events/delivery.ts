// Owns handing events to a consumer: effect and mark commit together, and one bad event never stops the others.
import type { RecordedEvent } from '../../lib/events.ts'
import type { Behind } from '../../lib/pace.ts'
import { runAgain } from '../db/transactions.ts'
import type { Core } from '../module.ts'
import { traceIdOf } from '../telemetry/tracing.ts'
import { type Consumer, Permanent, RetryLater, Suspect } from './consumer.ts'
import {
  eventOf,
  failAgain,
  type FailedRow,
  MAX_ATTEMPTS,
  parkDelivery,
  postpone,
  settleDelivery,
} from './failed-deliveries.ts'
import { type Delivery, type GroupReader, LogAway } from './log.ts'
import { acceptEvents } from './progress.ts'

/** The store or the log is away, or the consumer asked to wait: nothing is wrong with the events. */
export class NotNow extends Error {
  readonly ms: number

  constructor(ms: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.ms = ms
  }
}

const AWAY_PAUSE_MS = 500
/** Handed out so often and never done: whoever had it may have died of it. */
const SUSPECT = 5

/**
 * Applies a batch when background work may take a step, and acknowledges it.
 * @param behind how far its group is
 * @throws NotNow as `applyBatch` does
 */
export async function deliver(
  core: Core,
  consumer: Consumer,
  reader: GroupReader,
  events: readonly Delivery[],
  behind?: Behind,
): Promise<void> {
  await core.pace.step(() => applyBatch(core, consumer, events), behind)
  await reader.acknowledge(events)
}

/**
 * Applies a batch of a group's next events, all in one transaction. If that fails, one by one, and those that
 * fail are parked.
 * @throws NotNow when the batch should be tried again later; it burnt no attempt
 */
export async function applyBatch(
  core: Core,
  consumer: Consumer,
  events: readonly Delivery[],
): Promise<void> {
  const stopTimer = core.metrics.consumerSeconds.startTimer({ group: consumer.name })
  const endSpans = beginSpans(core, consumer, events)
  let done = false
  try {
    if (events.some((event) => event.deliveries > 1)) await deliverSingly(core, consumer, events)
    else await deliverTogether(core, consumer, events)
    done = true
  } finally {
    stopTimer()
    endSpans?.(!done)
  }
}

function beginSpans(
  { tracing }: Core,
  { name, types }: Consumer,
  events: readonly Delivery[],
): ((failed: boolean) => void) | undefined {
  if (!tracing) return undefined
  const wanted = events.filter(({ type }) => types.includes(type))
  return tracing.beginEach(name, 'consumer', wanted, {
    'messaging.batch.message_count': events.length,
  })
}

async function deliverTogether(
  core: Core,
  consumer: Consumer,
  events: readonly Delivery[],
): Promise<void> {
  try {
    await applyEvents(core, consumer, events)
    count(core, consumer, 'done', events.length)
  } catch (error) {
    rethrowUnlessEventsFault(core, error)
    await deliverSingly(core, consumer, events)
  }
}

async function deliverSingly(
  core: Core,
  consumer: Consumer,
  events: readonly Delivery[],
): Promise<void> {
  for (const event of events) {
    try {
      if (event.deliveries >= SUSPECT) throw new Suspect(event.deliveries)
      await applyEvents(core, consumer, [event])
      count(core, consumer, 'done', 1)
    } catch (error) {
      rethrowUnlessEventsFault(core, error)
      await park(core, consumer, event, error)
    }
  }
}

async function applyEvents(
  core: Core,
  consumer: Consumer,
  events: readonly RecordedEvent[],
): Promise<void> {
  await core.store.transaction(async (trx) => {
    const fresh = await acceptEvents(core.store, trx, consumer.name, events)
    const wanted = fresh.filter((event) => consumer.types.includes(event.type))
    if (wanted.length > 0) await consumer.handle(trx, wanted)
  }, runAgain)
}

async function park(
  core: Core,
  consumer: Consumer,
  event: RecordedEvent,
  error: unknown,
): Promise<void> {
  core.log.warn(
    { error, group: consumer.name, ...namesOf(event) },
    'a delivery failed and was parked',
  )
  await core.store.transaction(async (trx) => {
    const fresh = await acceptEvents(core.store, trx, consumer.name, [event])
    if (fresh.length > 0)
      await parkDelivery(core.store, trx, consumer, event, error, core.clock.now())
  }, runAgain)
  count(core, consumer, 'parked', 1)
}

/** By which its cause is found in the logs. */
function namesOf(event: RecordedEvent) {
  const { event_id, type, request_id } = event
  return { event_id, type, request_id, trace_id: traceIdOf(event) }
}

/** Tries a parked delivery again. */
export async function redeliver(core: Core, consumer: Consumer, row: FailedRow): Promise<void> {
  const endSpans = core.tracing?.beginEach(consumer.name, 'consumer', [eventOf(row)])
  let done = false
  try {
    // The last attempt ended with the process it was made in.
    if (row.attempts > MAX_ATTEMPTS) throw new Permanent(row.error)
    await core.store.transaction(async (trx) => {
      if (await settleDelivery(trx, row)) await consumer.handle(trx, [eventOf(row)])
    }, runAgain)
    count(core, consumer, 'done', 1)
    done = true
  } catch (error) {
    const now = core.clock.now()
    const wait = pauseFor(core, error)
    if (wait !== null) return await postpone(core.store, row, now + wait)
    const state = await failAgain(core.store, row, error, now)
    count(core, consumer, state === 'dead' ? 'dead' : 'failed', 1)
    if (state === 'dead') {
      const names = namesOf(eventOf(row))
      core.log.error({ error, group: consumer.name, ...names }, 'a delivery was given up')
    }
  } finally {
    endSpans?.(!done)
  }
}

function rethrowUnlessEventsFault(core: Core, error: unknown): void {
  if (error instanceof LogAway || error instanceof NotNow) throw error
  const wait = pauseFor(core, error)
  if (wait !== null) throw new NotNow(wait, error)
}

/** Milliseconds to wait when the failure says nothing about the event; null when the event is at fault. */
function pauseFor(core: Core, error: unknown): number | null {
  if (error instanceof RetryLater) return error.ms
  switch (core.store.dialect.classify(error)) {
    case 'transient':
    case 'away':
    case 'full':
      return AWAY_PAUSE_MS
    default:
      return null
  }
}

function count(core: Core, consumer: Consumer, outcome: string, events: number): void {
  core.metrics.deliveries.inc({ group: consumer.name, outcome }, events)
}
