// Owns `npm run bench`: runs scenarios one after the other, prints their tables, and keeps their figures.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runScenario } from './lib/bench.ts'
import { keepResult, type Result } from './lib/results.ts'
import type { Options, Scenario } from './lib/scenario.ts'
import { showResult } from './lib/table.ts'
import { needWrk } from './lib/wrk.ts'

const USAGE = `npm run bench -- SCENARIO… [options]
  --list                   the scenarios, and the question that each answers
  --seconds N              of one repetition, 1 to 600; else each scenario's own choice
  --repetitions N          1 to 50
  --json                   everything as JSON on standard output
  --no-keep                leave nothing in bench/results
  --strict                 end with 1 when a goal is not met
  --cache-dir FOLDER       keep there what takes long to make (the grown shop)
  --large-orders N         of the grown shop (1000000)
  --large-products N       of the grown shop (100000)
`
const EXIT_USAGE = 64

const flags = readFlags()
if (flags.list) await list()
else if (flags.names.length === 0) refuse('Which scenario?')
else await runAll()

async function list(): Promise<void> {
  for (const scenario of await loadAll()) {
    process.stdout.write(`${scenario.name.padEnd(18)} ${scenario.question}\n`)
  }
}

async function runAll(): Promise<void> {
  const all = await loadAll()
  const chosen = flags.names.map(
    (name) => all.find((scenario) => scenario.name === name) ?? refuse(`There is no ${name}.`),
  )
  await needWrk()
  const results: Result[] = []
  for (const scenario of chosen) {
    const result = await runScenario(scenario, flags.options)
    if (flags.keep) keepResult(result)
    results.push(result)
    if (!flags.json) process.stdout.write(`\n${showResult(result)}`)
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
  const missed = results.flatMap(({ goals }) => goals).filter(({ met }) => !met)
  if (flags.strict && missed.length > 0) process.exitCode = 1
}

async function loadAll(): Promise<Scenario[]> {
  const folder = join(import.meta.dirname, 'scenarios')
  const files = readdirSync(folder).filter((name) => /^[\w-]+\.ts$/.test(name))
  const modules = files.sort().map((name) => import(join(folder, name)))
  return (await Promise.all(modules)).map(({ scenario }: { scenario: Scenario }) => scenario)
}

function readFlags() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        'no-keep': { type: 'boolean', default: false },
        seconds: { type: 'string' },
        repetitions: { type: 'string' },
        'cache-dir': { type: 'string' },
        'large-orders': { type: 'string' },
        'large-products': { type: 'string' },
      },
    })
    const options: Options = {
      seconds: whole('--seconds', values.seconds, 600),
      repetitions: whole('--repetitions', values.repetitions, 50),
      cacheDir: values['cache-dir'] ?? null,
      largeOrders: whole('--large-orders', values['large-orders'], 10_000_000) ?? 1_000_000,
      largeProducts: whole('--large-products', values['large-products'], 1_000_000) ?? 100_000,
    }
    const { list, json, strict } = values
    return { names: positionals, list, json, strict, keep: !values['no-keep'], options }
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function whole(name: string, text: string | undefined, most: number): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new Error(`${name} ${text}: must be a whole number from 1 to ${most}`)
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n${USAGE}`)
  process.exit(EXIT_USAGE)
}
