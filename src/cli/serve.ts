// Owns `petshop serve` and `petshop worker`.
import { Command } from 'commander'
import { openCore } from '../app.ts'
import { serve, startAppWorker } from '../serve.ts'
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
  return new Command('worker')
    .description('Run only the background work: relay, consumers, upkeep')
    .action(async () => {
      const app = await openCore()
      const worker = await startAppWorker(app)
      stopOnSignal(app.core.log, async () => {
        await worker.stop()
        await app.close()
      })
      process.stdout.write('The worker is running.\n')
    })
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
