// Owns the contract between the program and an event log: small enough for a table, Redis Streams and Kafka.
import type { RecordedEvent } from '../../lib/events.ts'
import type { Trx } from '../db/store.ts'
import type { Consumer } from './consumer.ts'

export interface EventLog {
  readonly name: 'embedded'
  /** One consumer group's place in its stream. */
  reader(consumer: Consumer): GroupReader
}

export interface GroupReader {
  /**
   * The next events this group hasn't done, oldest first, events of one key in their order. Empty when there
   * are none, or when another worker is the active one. Reading twice without `accept` gives the same events.
   */
  read(limit: number): Promise<RecordedEvent[]>
  /**
   * In the effect's transaction: records that these events (the next ones, in order) are done.
   * @returns those that had not been done before
   * @throws LostPlace when another worker has taken over
   */
  accept(trx: Trx, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]>
  /** After the commit: the log need not deliver them again. */
  acknowledge(events: readonly RecordedEvent[]): Promise<void>
}

/** Another worker does this group's work now; whatever was begun here is rolled back. */
export class LostPlace extends Error {}
