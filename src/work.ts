// Owns an app's background work: all of it or a part, in this thread or in the one beside it.
import type { App } from './app.ts'
import type { Consumer } from './platform/events/consumer.ts'
import { startWorker, type Worker, type WorkerOptions } from './platform/events/worker.ts'

const OUTCOMES = ['done', 'parked', 'failed', 'dead']

export function consumersOf(app: App): Consumer[] {
  return app.modules.flatMap((module) => module.consumers)
}

/** Everything there is to do in the background, or a part of it. */
export async function startAppWorker(
  app: App,
  consumers: readonly Consumer[] = consumersOf(app),
  options: WorkerOptions = { relay: true },
): Promise<Worker> {
  // A counter that begins with its first event would show no increase for it.
  for (const { name: group } of consumers)
    for (const outcome of OUTCOMES) app.core.metrics.deliveries.inc({ group, outcome }, 0)
  const upkeep = app.modules.flatMap((module) => module.upkeep)
  const worker = await startWorker(app.core, consumers, upkeep, options)
  const sending = options.relay ? [app.mail.start(), app.webhooks.start()] : []
  return {
    async stop() {
      await Promise.all([...sending.map((each) => each.stop()), worker.stop()])
    },
  }
}

/** In the background thread, if there is one. */
export async function startWork(app: App): Promise<Worker> {
  const thread = await app.core.background?.started
  if (!thread) return startAppWorker(app)
  await thread.call('startWork')
  return { stop: () => thread.call('stopWork') }
}
