// Owns `petshop serve` and `petshop worker`.
import { Command, Option } from 'commander'
import { type App, openCore } from '../app.ts'
import { giveBackWhenIdle } from '../platform/spare-memory.ts'
import { serve } from '../serve.ts'
import { consumersOf, startAppWorker } from '../work.ts'
import { chooseConsumers, type ConsumerChoice } from './choose-consumers.ts'
import { openWorkerPort } from '../worker-http.ts'
import { stopOnSignal } from './run.ts'

export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the shop: pages, API and background work in one process')
    .option('--no-worker', 'leave the background work to `petshop worker` processes')
    .action(async (options: { worker: boolean }) => {
      const app = await openCore({ withThread: true })
      const code = await app.shop.setupCode()
      const serving = await serve(app, { withWorker: options.worker })
      stopOnSignal(app.core.log, serving.stop)
      giveBackWhenIdle()
      const firstRun = code
        ? `This shop has no owner yet. Open ${serving.url}/setup and enter this code: ${code}\n`
        : ''
      process.stdout.write(`Petshop is open: ${serving.url}\n${firstRun}`)
    })
}

export function workerCommand(): Command {
  const only = new Option('--only <name...>', 'only these consumers, beside a worker that relays')
  const except = new Option('--except <name...>', 'everything but these consumers')
  return new Command('worker')
    .description('Run only the background work: relay, consumers, upkeep')
    .addOption(only.conflicts('except'))
    .addOption(except)
    .action(async (choice: ConsumerChoice) => {
      const app = await openCore()
      const { worker, port } = await startWatched(app, choice).catch(async (error: unknown) => {
        await app.close()
        throw error
      })
      giveBackWhenIdle()
      stopOnSignal(app.core.log, async () => {
        app.system.startClosing()
        await worker.stop()
        await port.close()
        await app.close()
      })
      const watched = port.url ? `Health and metrics: ${port.url}\n` : ''
      const part = choice.only ? 'It relays no events: another worker, or the shop, must.\n' : ''
      process.stdout.write(`The worker is running.\n${watched}${part}`)
    })
}

/**
 * Relay and upkeep belong to whoever does everything, or everything but something. The port comes before the work:
 * whoever watches sees a worker that takes its time to start.
 * @throws StartupError
 */
async function startWatched(app: App, choice: ConsumerChoice) {
  const consumers = chooseConsumers(consumersOf(app), choice)
  const port = await openWorkerPort(app)
  try {
    const relay = choice.only === undefined
    return { port, worker: await startAppWorker(app, consumers, { relay }) }
  } catch (error) {
    await port.close()
    throw error
  }
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description("Bring the database to this version's tables (serve does it too)")
    .action(async () => {
      const app = await openCore()
      await app.close()
      process.stdout.write('The database is up to date.\n')
    })
}
