// Owns the contract of a cache: what it forgets costs a look into the database, what it keeps is never too old.
/** Entries of one kind. Nothing here ever fails: what goes wrong is a miss, or an entry less. */
export interface Cache<T> {
  get(key: string): Promise<Found<T>>
  /** Several at once, in the order of their keys. */
  getAll(keys: readonly string[]): Promise<Found<T>[]>
  /**
   * Keeps a value that was read from the database after the `get` that missed it. Refused when the entry is
   * newer, or was removed meanwhile.
   * @param version of the row; it only grows
   */
  put(ticket: Ticket | null, value: T, version: number): Promise<void>
  /** After the commit of a change: nothing older than `version` is given out any more, or taken for a minute. */
  remove(key: string, version: number): Promise<void>
  /** After the commit of a change that may concern any entry: all are forgotten. */
  clear(): Promise<void>
}

export interface Found<T> {
  /** Shared by all who ask: not to be changed. Undefined is a miss. */
  readonly value: T | undefined
  /** For `put`. */
  readonly ticket: Ticket | null
}

/** Which entry a value was read for, and when: a value that was read before a change is known by it. */
export interface Ticket {
  readonly key: string
  readonly generation: string
}

/** A version that nothing overtakes: what is removed with it doesn't come back. */
export const FOR_GOOD = Number.MAX_SAFE_INTEGER

export interface CacheOptions {
  /** As the metrics call it. */
  readonly name: string
  /** Most milliseconds between the reading from the database and the last time it is given out. */
  readonly lifeMs: number
  /** Most entries that this process keeps. */
  readonly most: number
}

export interface Caches {
  readonly driver: 'memory' | 'redis'
  /** What one process removes, all have lost. */
  readonly shared: boolean
  /** Each name once. */
  open<T>(options: CacheOptions): Cache<T>
  counts(): CacheCounts[]
}

export interface CacheCounts {
  readonly name: string
  readonly hits: number
  readonly misses: number
  /** Redis was away, or didn't answer in time. */
  readonly errors: number
}

/** Says what entries were when they were asked for. */
export type CountRead = (outcome: 'hit' | 'miss' | 'error', entries?: number) => void
