// `npm run torture -- --scenario NAME|all --seed N --minutes M`: breaks the shop on purpose and checks what it promises.
// Ends with 1 when a promise was broken, or a break on purpose wasn't seen. ^C ends it cleanly: what was reached is kept.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { Command, InvalidArgumentError, Option } from 'commander'
import { killPrograms } from '../tests/support/program.ts'
import { openEngines } from './torture/engines.ts'
import { addToSummary, keepRun } from './torture/results.ts'
import { runScenario } from './torture/runner.ts'
import { isKept, type RunRecord, type Scenario } from './torture/scenario.ts'
import { commands, scenarios } from './torture/scenarios.ts'
import { TAMPERING_NAMES, type TamperingName } from './torture/tamperings.ts'
import { printTable } from './torture/table.ts'

interface Options {
  readonly scenario: string
  readonly seed?: number
  readonly minutes: number
  readonly break?: TamperingName
  readonly results: string
}

const all = [...scenarios, ...commands]
const root = join(import.meta.dirname, '..')
const options = read()
const seed = options.seed ?? randomInt(1, 2 ** 31)
const chosen = choose(options.scenario)
const stop = stopOnSignal()
const engines = openEngines()
const records: RunRecord[] = []

console.log(`seed ${seed}, ${chosen.map(({ name }) => name).join(', ')}`)
for (const scenario of chosen) {
  if (stop.signal.aborted) break
  records.push(await torture(scenario))
}
await engines.close()
await killPrograms()
printTable(all, records)
const broken = records.filter((record) => !isKept(record))
console.log(
  broken.length === 0
    ? `\nEvery promise was kept. Seed ${seed} repeats it.`
    : `\nBroken: ${broken.map(({ scenario }) => scenario).join(', ')}. Seed ${seed} repeats it.`,
)
process.exit(broken.length > 0 || records.length === 0 ? 1 : 0)

async function torture(scenario: Scenario): Promise<RunRecord> {
  const weights = chosen.reduce((sum, { weight = 1 }) => sum + weight, 0)
  const seconds = (options.minutes * 60 * (scenario.weight ?? 1)) / weights
  console.log(`\n${styleText('bold', scenario.name)}: ${scenario.title} (${seconds.toFixed(0)} s)`)
  const ran = await runScenario(scenario, {
    seed,
    seconds,
    tampering: options.break ?? null,
    engine: engines.url,
    signal: stop.signal,
    say: (text) => console.log(`  ${new Date().toLocaleTimeString('en-GB')} ${text}`),
  })
  const file = keepRun(options.results, ran)
  // What was broken on purpose says nothing about the shop.
  if (!options.break) addToSummary(options.results, ran.record)
  console.log(`  kept in ${file}`)
  return ran.record
}

function choose(names: string): readonly Scenario[] {
  if (names === 'all') return all
  return names.split(',').map((name) => {
    const scenario = all.find((one) => one.name === name)
    if (scenario) return scenario
    console.error(`there is no scenario ${name}: ${all.map((one) => one.name).join(', ')}, all`)
    process.exit(64)
  })
}

/** The second time it is meant. */
function stopOnSignal(): AbortController {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130)
      console.log(
        '\nIt is being stopped: what was reached is judged and kept. Once more ends it at once.',
      )
      controller.abort()
    })
  }
  return controller
}

function read(): Options {
  const positive = (text: string) => {
    if (!(Number(text) > 0)) throw new InvalidArgumentError('must be a number above 0')
    return Number(text)
  }
  return new Command('torture')
    .description('Breaks the shop on purpose and checks what it promises. See docs/reliability.md.')
    .option(
      '--scenario <names>',
      `all, or some of: ${all.map(({ name }) => name).join(', ')}`,
      'all',
    )
    .option('--seed <n>', 'repeats the faults and what the clients do; any unless told', positive)
    .option('--minutes <m>', 'for all scenarios together', positive, 10)
    .addOption(
      new Option(
        '--break <what>',
        'breaks the shop before it is looked at: the run must fail',
      ).choices(TAMPERING_NAMES),
    )
    .option(
      '--results <folder>',
      'where histories and the summary are kept',
      join(root, 'torture-results'),
    )
    .parse()
    .opts<Options>()
}
