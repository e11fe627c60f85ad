// Owns what a consumer is: one effect of some events, applied once per event.
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import type { Trx } from '../db/store.ts'

export interface Consumer {
  /** Effect and cause, as in `confirm-order-on-placed`: the group's name and the metrics' label, never renamed. */
  readonly name: string
  /** By which `petshop worker --only` chooses it, for those that may well have a process of their own. */
  readonly shortName?: string
  readonly stream: Stream
  /** The event types it wants; the others of the stream pass it by. */
  readonly types: readonly string[]
  /**
   * Applies the events, in order. Everything it writes goes through `trx`, which also commits that they were
   * done. It throws `Permanent` for what no retry can mend, `RetryLater` to wait; anything else is tried
   * again with growing pauses, the events one by one.
   */
  handle(trx: Trx, events: readonly RecordedEvent[]): Promise<void>
  /**
   * Takes in the past, in the transaction that makes the group: what was written before never reaches
   * `handle`. Facts whose events have no place yet will reach it; `listUndone` has them.
   */
  begin?(trx: Trx): Promise<void>
}

/** This event can never be applied: it goes to the dead letters at once. */
export class Permanent extends Error {}

/** Not now: the batch is tried again after a pause, and no attempt is counted. */
export class RetryLater extends Error {
  readonly ms: number

  constructor(ms: number, message = 'retry later') {
    super(message)
    this.ms = ms
  }
}

/** Whoever was handed this event ended before it was done: its next attempts are counted before they are made. */
export class Suspect extends Error {
  constructor(deliveries: number) {
    super(`handed out ${deliveries} times and never done`)
  }
}
