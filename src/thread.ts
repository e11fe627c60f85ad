// Owns the background thread of a shop on SQLite, seen from the serving thread: what the two share, its start and its end.
import { createPace, type Pace } from './lib/pace.ts'
import { EXIT } from './lib/startup-error.ts'
import type { Placed, Placement, PlacingElsewhere } from './modules/orders/index.ts'
import { type Background, startBackground } from './platform/background/handle.ts'
import { type PackedOutcome, unpackOutcomes } from './platform/background/messages.ts'
import type { Config, LogLevel } from './platform/config.ts'
import type { Store } from './platform/db/store.ts'
import { newTurns } from './platform/db/turns.ts'
import type { Log } from './platform/logging.ts'

/** What the background thread is given. */
export interface ThreadData {
  readonly config: Config
  /** Whose turn it is to write. */
  readonly turns: SharedArrayBuffer
  /** How many orders wait for the thread. */
  readonly waiting: Int32Array
  readonly logLevel: LogLevel
}

export interface BackgroundThread {
  /** Rejects when the thread can't start. */
  readonly started: Promise<Background>
  readonly waiting: Int32Array
}

export function newThreadData(config: Config, log: Log): ThreadData {
  const waiting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  return { config, turns: newTurns(), waiting, logLevel: log.level as LogLevel }
}

export function startThread(data: ThreadData, store: Store, log: Log): BackgroundThread {
  const started = startBackground({
    script: new URL('./background-thread.js', import.meta.url),
    data,
    store,
    onDeath(error) {
      log.fatal({ error }, 'the background thread has ended, and the process ends with it')
      process.exit(EXIT.crashed)
    },
  })
  // Whoever needs it waits for it, and hears of a failure then.
  started.catch(() => undefined)
  return { started, waiting: data.waiting }
}

/** Has the thread place the orders. */
export function placeInThread({ started, waiting }: BackgroundThread): PlacingElsewhere {
  return {
    async placeAll(placements: readonly Placement[]) {
      const background = await started
      return unpackOutcomes(
        await background.call<PackedOutcome<Placed>[]>('placeOrders', placements),
      )
    },
    onWaiting: (count) => void Atomics.store(waiting, 0, count),
  }
}

export async function closeThread(thread: BackgroundThread | null): Promise<void> {
  const background = await thread?.started.catch(() => null)
  await background?.call('close')
  await background?.close()
}

/** On a server the steps wait for it most of the time, and may do so together. */
const TOGETHER_ON_SERVERS = 16

/** Where orders are placed: how background work steps back for those that wait. */
export function paceOf(store: Store, data: ThreadData | null): Pace {
  const waiting = () => (data ? Atomics.load(data.waiting, 0) : 0)
  const together = store.dialect.remote ? TOGETHER_ON_SERVERS : 1
  return createPace({ waiting, now: () => performance.now(), together })
}
