// Owns what a business module offers the program: routes, consumers, events, proofs and upkeep.
import type { Clock } from '../lib/clock.ts'
import type { EventDefinition } from '../lib/events.ts'
import type { Caches } from './cache/cache.ts'
import type { Config } from './config.ts'
import type { Store } from './db/store.ts'
import type { Check } from './doctor.ts'
import type { Consumer } from './events/consumer.ts'
import type { EventLog } from './events/log.ts'
import type { HttpServer } from './http/server.ts'
import type { Log } from './logging.ts'
import type { Metrics } from './metrics.ts'
import type { Redis } from './redis/connection.ts'

/** What every module is given. */
export interface Core {
  readonly config: Config
  readonly store: Store
  readonly events: EventLog
  /** Null when the shop runs without one. */
  readonly redis: Redis | null
  readonly caches: Caches
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

export interface Module {
  readonly name: string
  routes(app: HttpServer): void
  /** The events this module writes. */
  readonly events: readonly EventDefinition[]
  readonly consumers: readonly Consumer[]
  /** What `petshop doctor` proves of this module's tables. */
  readonly checks: readonly Check[]
  /** Work that repeats while a worker runs, such as forgetting what has expired. */
  readonly upkeep: readonly Upkeep[]
}

export interface Upkeep {
  readonly name: string
  readonly everyMs: number
  run(now: number): Promise<void>
}
