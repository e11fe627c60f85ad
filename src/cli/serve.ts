// Owns `petshop serve` and `petshop worker`.
import { Command, Option } from 'commander'
import { type App, openCore } from '../app.ts'
import type { Worker } from '../platform/events/worker.ts'
import { consumersOf, serve, startAppWorker } from '../serve.ts'
import { chooseConsumers, type ConsumerChoice } from './choose-consumers.ts'
import { stopOnSignal } from './run.ts'

export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the shop: pages, API and background work in one process')
    .option('--no-worker', 'leave the background work to `petshop worker` processes')
    .action(async (options: { worker: boolean }) => {
      const app = await openCore()
      const code = await app.shop.setupCode()
      const serving = await serve(app, { withWorker: options.worker })
      stopOnSignal(app.core.log, serving.stop)
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
      const worker = await startPart(app, choice).catch(async (error: unknown) => {
        await app.close()
        throw error
      })
      stopOnSignal(app.core.log, async () => {
        await worker.stop()
        await app.close()
      })
      const part = choice.only ? 'It relays no events: another worker, or the shop, must.\n' : ''
      process.stdout.write(`The worker is running.\n${part}`)
    })
}

/** Relay and upkeep belong to whoever does everything, or everything but something. @throws StartupError */
async function startPart(app: App, choice: ConsumerChoice): Promise<Worker> {
  const consumers = chooseConsumers(consumersOf(app), choice)
  return startAppWorker(app, consumers, { relay: choice.only === undefined })
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
