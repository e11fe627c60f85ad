// Owns the contract between the program and an event log: small enough for a table, Redis Streams and Kafka.
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import type { EventLogName } from '../config.ts'
import type { Consumer } from './consumer.ts'
import type { Lease } from './leases.ts'

export interface EventLog {
  readonly name: EventLogName
  /** Where events are shipped to; null when the log reads the outbox itself. */
  readonly broker: Broker | null
  /**
   * A group's way through its stream. Events of one key come in their order; none is left out, some may come
   * again. `lease`: where the log doesn't share the work out by itself, only its holder reads.
   */
  reader(consumer: Consumer, lease: Lease): GroupReader
  close(): Promise<void>
}

export interface GroupReader {
  /**
   * The next events, oldest first; empty when there are none, or when it is another worker's turn. Until
   * they are acknowledged the same ones come again.
   * @throws LogAway when the broker doesn't answer
   * @throws LostEvents when it has forgotten what this group had yet to do, until that is settled
   */
  read(limit: number): Promise<Delivery[]>
  /** How many events were written after the last that was read; absent where only the log could tell. */
  left?(): Promise<number>
  /** After the commit: the log need not deliver them again. Losing this costs a repetition, nothing else. */
  acknowledge(events: readonly Delivery[]): Promise<void>
  /** Lets another worker have the group at once. */
  close(): Promise<void>
}

export interface Delivery extends RecordedEvent {
  /** How often it was handed out; more than once when whoever had it ended before it was done. */
  readonly deliveries: number
}

/** A log outside of the store. What it loses is sent again: the outbox keeps what some group hasn't done. */
export interface Broker {
  /**
   * Changes whenever the broker may have lost events: another server, a restart, an emptied memory.
   * @throws LogAway
   */
  epoch(): Promise<string>
  /**
   * Appends the events durably, in their order within each key.
   * @throws LogAway when that isn't certain; then they are sent again, and may be there twice
   */
  publish(stream: Stream, events: readonly RecordedEvent[]): Promise<void>
  /** For operators with the broker's own tools; the database has the dead letters too. @throws LogAway */
  bury(letter: DeadLetter): Promise<void>
  /** Calls back when another process has published. */
  onArrival(listener: () => void): () => void
  /** Forgets what every group has been told and has acknowledged. */
  trim(): Promise<void>
  state(groups: readonly GroupName[]): Promise<BrokerState>
}

export interface GroupName {
  readonly group: string
  readonly stream: Stream
}

export interface DeadLetter {
  readonly group: string
  readonly error: string
  readonly event: RecordedEvent
}

export interface BrokerState {
  readonly up: boolean
  readonly streams: readonly {
    readonly stream: Stream
    readonly length: number
    readonly dead: number
  }[]
  readonly groups: readonly {
    readonly group: string
    /** Not handed out yet; null when the broker doesn't know. */
    readonly lag: number | null
    /** Handed out and not acknowledged; null when the broker doesn't know. */
    readonly pending: number | null
  }[]
}

/** The broker doesn't answer: nothing is wrong with any event, and nothing is lost. */
export class LogAway extends Error {}

/** The broker has forgotten events too early: they must be sent again. */
export class LostEvents extends Error {
  /** To be called when it is certain that they will be. */
  readonly settle: () => Promise<void>

  constructor(message: string, settle: () => Promise<void>) {
    super(message)
    this.settle = settle
  }
}
