// Owns `petshop demo`: a shop with a past, ready to click. A folder that holds a shop already keeps it.
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { openCore } from '../app.ts'
import { demoCustomers, demoStaff } from '../demo/people.ts'
import type { DemoClock } from '../demo/seed.ts'
import { progressBar } from '../lib/progress.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { showAddress } from '../platform/db/address.ts'
import { createLog } from '../platform/logging.ts'
import { serve } from '../serve.ts'
import { isShopThere, makeInPlace } from './demo-place.ts'
import { stopOnSignal } from './run.ts'

interface DemoOptions {
  readonly seed: number
  readonly users?: number
  readonly products?: number
  readonly serve: boolean
}

const DEFAULT_SEED = 20_260_101

export function demoCommand(): Command {
  return new Command('demo')
    .description('Run a shop with demo data; makes it first where there is none')
    .option('--seed <number>', 'another past', wholeNumber, DEFAULT_SEED)
    .option(
      '--users <count>',
      'for measurements: users u1, u2 … with password Passw0rd!u1 …',
      wholeNumber,
    )
    .option(
      '--products <count>',
      'for measurements: products with much stock, ids from 1',
      wholeNumber,
    )
    .option('--no-serve', 'only make the data')
    .action(async (options: DemoOptions) => {
      const config = readConfig()
      const passwords = (await isShopThere(config))
        ? null
        : await makeInPlace(config, (made) => fillDemo(made, options))
      if (!options.serve) {
        process.stdout.write(passwords ? accounts(passwords) : kept(config))
        return
      }
      // A demo's terminal belongs to the reader: what goes wrong still shows.
      const level = config.logLevel ?? 'warn'
      const app = await openCore({ config, log: createLog(level), withThread: true })
      const serving = await serve(app, { withWorker: true })
      stopOnSignal(app.core.log, serving.stop)
      process.stdout.write(welcome(serving.url, config, passwords))
    })
}

async function fillDemo(config: Config, options: DemoOptions): Promise<Map<string, string>> {
  const passwords = new Map<string, string>()
  const passwordOf = (username: string) => {
    const password = config.demoPassword ?? randomBytes(9).toString('base64url')
    passwords.set(username, password)
    return password
  }
  const now = Date.now()
  const clock = demoClock(now)
  const app = await openCore({ config, clock, log: createLog('warn') })
  const shared = { now, passwordOf, onProgress: showProgress }
  process.stdout.write('Making the demo shop …\n')
  // What a demo shop is made of would be in the memory of every other.
  if (options.users !== undefined || options.products !== undefined) {
    const { seedBulk } = await import('../demo/seed-bulk.ts')
    await seedBulk(app, { ...shared, users: options.users ?? 0, products: options.products ?? 0 })
  } else {
    const { seedDemo } = await import('../demo/seed.ts')
    await seedDemo(app, clock, { ...shared, seed: options.seed })
  }
  await app.core.store.checkpoint()
  await app.close()
  return passwords
}

function demoClock(start: number): DemoClock {
  let now = start
  return {
    now: () => now,
    set(epochMs) {
      now = epochMs
    },
  }
}

function welcome(url: string, config: Config, passwords: Map<string, string> | null): string {
  return `Petshop is open: ${url}\n${passwords ? accounts(passwords) : kept(config)}`
}

function kept(config: Config): string {
  const { address } = config.store
  const isDefault = address.engine === 'sqlite' && dirname(address.path) === config.dataDir
  const place = isDefault ? config.dataDir : showAddress(address)
  return `The shop in ${place} was kept, with its accounts and passwords.\n`
}

function accounts(passwords: ReadonlyMap<string, string>): string {
  const names = [...demoStaff, ...demoCustomers.filter(({ account }) => account)]
  const lines = names
    .filter(({ username }) => passwords.has(username))
    .map(({ username }) => `  ${username.padEnd(12)} ${passwords.get(username) ?? ''}`)
  return `Accounts and passwords:\n${lines.join('\n')}\n`
}

function showProgress(label: string, done: number, total: number): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${progressBar(label, done, total)}${done >= total ? '\n' : ''}`)
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('a whole number, please')
  return value
}
