// Owns what the background thread of a shop on SQLite does: it places the orders, and works through what follows from them.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { workerData } from 'node:worker_threads'
import { openCore } from './app.ts'
import type { Placement } from './modules/orders/index.ts'
import { createLog } from './platform/logging.ts'
import { packOutcomes } from './platform/background/messages.ts'
import { countedBy } from './platform/background/metrics.ts'
import { answerFrontThread } from './platform/background/thread.ts'
import type { Worker } from './platform/events/worker.ts'
import { giveBackWhenIdle } from './platform/spare-memory.ts'
import type { ThreadData } from './thread.ts'
import { startAppWorker } from './work.ts'

const thread = workerData as ThreadData
const app = await openCore({ config: thread.config, log: createLog(thread.logLevel), thread })
let worker: Worker | null = null
giveBackWhenIdle()
const lag = monitorEventLoopDelay({ resolution: 20 })
lag.enable()

answerFrontThread(app.core.store, {
  placeOrders: async (placements: readonly Placement[]) =>
    packOutcomes(await app.orders.placeAll(placements)),
  async startWork() {
    worker = await startAppWorker(app)
  },
  async stopWork() {
    await worker?.stop()
  },
  metrics() {
    const { metrics } = app.core
    metrics.backgroundLag.set(lag.max / 1e9)
    metrics.backgroundHeap.set(process.memoryUsage().heapUsed)
    lag.reset()
    return countedBy(metrics.registry)
  },
  close: () => app.close(),
})
