// Owns what a business module offers the program: routes, consumers, events, proofs and upkeep.
import type { Clock } from '../lib/clock.ts'
import type { EventDefinition } from '../lib/events.ts'
import type { Pace } from '../lib/pace.ts'
import type { Background } from './background/handle.ts'
import type { Caches } from './cache/cache.ts'
import type { Config } from './config.ts'
import type { Store } from './db/store.ts'
import type { Check } from './doctor.ts'
import type { Consumer } from './events/consumer.ts'
import type { EventLog } from './events/log.ts'
import type { HttpServer } from './http/server.ts'
import type { Log } from './logging.ts'
import type { MailKind } from './mail/mail.ts'
import type { Metrics } from './metrics.ts'
import type { Tracing } from './telemetry/tracing.ts'
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
  /** Null when traces are off. */
  readonly tracing: Tracing | null
  /** Makes background work step back for what people wait for. */
  readonly pace: Pace
  /** The thread that writes beside this one; null when this one does everything itself. */
  readonly background: {
    readonly started: Promise<Background>
    readonly waiting: Int32Array
  } | null
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
  /** The mails this module writes. */
  readonly mails?: readonly MailKind[]
  /** Brings its gauges up to date whenever Prometheus asks; what costs something only seldom. */
  readonly gauges?: () => Promise<void>
}

export interface Upkeep {
  readonly name: string
  readonly everyMs: number
  run(now: number): Promise<void>
}
