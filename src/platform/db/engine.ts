// Owns what the store needs of an open database, whichever engine it is.
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../tables.ts'
import type { Dialect } from './dialect.ts'
import type { Prepare } from './prepared.ts'
import type { Turns } from './turns.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>
/** Reads may run inside a transaction or outside of one. */
export type Reader = Db | Trx

export interface StoreSize {
  readonly bytes: number
  readonly wal_bytes: number
}

export interface Engine {
  readonly db: Db
  readonly dialect: Dialect
  readonly prepare: Prepare
  /** Taken by each transaction before it begins; never while the connection is held. */
  readonly turns: Turns
  /** 0 where the server doesn't tell. */
  size(): Promise<StoreSize>
  /** Writes the write-ahead log back into the file and empties it, unless somebody reads it right now. */
  checkpoint(): Promise<void>
  /** Runs `work`, which brings the tables up to date, while no other process does the same. */
  migrating<T>(work: (db: Db) => Promise<T>): Promise<T>
}
