// Owns `npm run bench:compare`: the same scenarios on two commits in turn, and what became faster or slower.
//
//   npm run bench:compare -- HEAD~1 HEAD orders reads
//   npm run bench:compare -- HEAD .                       (what isn't committed yet)
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Checkout, openCheckout } from './compare/checkout.ts'
import { type Comparison, comparePairs, failuresOf, type Pair } from './compare/pairs.ts'
import { runScenario } from './lib/bench.ts'
import type { Options, Scenario } from './lib/scenario.ts'
import type { RowSummary } from './lib/statistics.ts'
import { number } from './lib/table.ts'
import { needWrk } from './lib/wrk.ts'
import { rememberRoot } from './load/worker-beside.ts'

const USAGE = `npm run bench:compare -- BASE HEAD [SCENARIO…] [options]
  BASE, HEAD     commits, or . for this folder as it is
  SCENARIO       as npm run bench -- --list names them; orders and reads unless told
  --seconds N    of one repetition, 1 to 600 (5)
  --pairs N      how often each is measured on both, 1 to 50 (5)
  --json         everything as JSON on standard output
`
const EXIT_USAGE = 64

const flags = readFlags()
const scenarios = await Promise.all(flags.scenarios.map(load))
await needWrk()
const base = await openCheckout(flags.base)
try {
  const head = await openCheckout(flags.head)
  try {
    for (const scenario of scenarios) report(scenario, await measure(scenario, base, head))
  } finally {
    head.remove()
  }
} finally {
  base.remove()
}

async function measure(scenario: Scenario, one: Checkout, other: Checkout): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let i = 0; i < flags.pairs; i++) {
    process.stderr.write(`${scenario.name}: pair ${i + 1} of ${flags.pairs}\n`)
    const rows = new Map<Checkout, readonly RowSummary[]>()
    // What comes second may find a warmer or a busier machine: they take turns in that, too.
    for (const checkout of i % 2 === 0 ? [one, other] : [other, one]) {
      rows.set(checkout, (await runScenario(onCheckout(scenario, checkout), flags.options)).rows)
    }
    pairs.push({ base: rows.get(one) ?? [], head: rows.get(other) ?? [] })
  }
  return pairs
}

/** The scenario is ours, the shop that it starts is the checkout's. */
function onCheckout(scenario: Scenario, { root }: Checkout): Scenario {
  return {
    ...scenario,
    run: (bench) =>
      scenario.run({
        ...bench,
        async startShop(options) {
          const shop = await bench.startShop({ ...options, root })
          rememberRoot(shop, root)
          return shop
        },
      }),
  }
}

function report({ name }: Scenario, pairs: readonly Pair[]): void {
  const comparisons = comparePairs(pairs)
  if (flags.json) {
    const sides = { base: flags.base, head: flags.head }
    const failures = failuresOf(pairs)
    const all = { scenario: name, ...sides, comparisons, failures, pairs }
    process.stdout.write(`${JSON.stringify(all)}\n`)
    return
  }
  process.stdout.write(`${name}: ${flags.base} → ${flags.head}, medians of ${pairs.length}\n`)
  for (const comparison of comparisons) process.stdout.write(`  ${inWords(comparison)}\n`)
  for (const failures of failuresOf(pairs)) {
    const { row, base: before, head: after } = failures
    process.stdout.write(`  ${row}: failed ${number(before)} → ${number(after)}\n`)
  }
}

function inWords({ row, figure, base, head, ratio, better, pairs }: Comparison): string {
  const times = `× ${ratio.median.toFixed(3)} (${ratio.min.toFixed(3)}–${ratio.max.toFixed(3)})`
  const change = `${number(base)} → ${number(head)}`
  return `${`${row}, ${figure}`.padEnd(44)} ${change.padStart(20)}  ${times}, better in ${better} of ${pairs}`
}

async function load(name: string): Promise<Scenario> {
  const file = join(import.meta.dirname, 'scenarios', `${name}.ts`)
  if (!/^[\w-]+$/.test(name) || !existsSync(file)) return refuse(`There is no scenario ${name}.`)
  return ((await import(file)) as { scenario: Scenario }).scenario
}

function readFlags() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '5' },
        pairs: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    })
    const [base, head, ...names] = positionals
    if (base === undefined || head === undefined) return refuse('Which two commits?')
    const options: Options = {
      seconds: whole('--seconds', values.seconds, 600),
      repetitions: 1,
      cacheDir: null,
      largeOrders: 100_000,
      largeProducts: 10_000,
    }
    const scenarios = names.length > 0 ? names : ['orders', 'reads']
    const pairs = whole('--pairs', values.pairs, 50)
    return { base, head, scenarios, pairs, json: values.json, options }
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new Error(`${name} ${text}: must be a whole number from 1 to ${most}`)
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n${USAGE}`)
  process.exit(EXIT_USAGE)
}
