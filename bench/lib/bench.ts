// Owns running one scenario: what it starts is stopped, what it reports becomes a result.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBare } from './bare.ts'
import { describeMachine } from './machine.ts'
import { temporaryFolder } from './processes.ts'
import type { Result } from './results.ts'
import type { Bench, Options, Row, Scenario } from './scenario.ts'
import { startShop } from './shop.ts'
import { judge, summarize } from './statistics.ts'
import { drive } from './wrk.ts'

type Points = readonly Readonly<Record<string, number>>[]

interface Reported {
  readonly rows: Row[]
  readonly series: Record<string, Points>
  readonly notes: string[]
}

export async function runScenario(scenario: Scenario, options: Options): Promise<Result> {
  const machine = describeMachine()
  const folder = temporaryFolder()
  const ends: (() => Promise<void> | void)[] = []
  const reported: Reported = { rows: [], series: {}, notes: [] }
  try {
    await scenario.run(createBench(scenario.name, options, folder.path, ends, reported))
  } finally {
    for (const end of ends.toReversed()) await end()
    folder.remove()
  }
  const rows = reported.rows.map(summarize)
  return {
    scenario: scenario.name,
    question: scenario.question,
    at: new Date().toISOString(),
    machine,
    settings: {
      seconds: options.seconds,
      repetitions: options.repetitions,
      large_orders: options.largeOrders,
      large_products: options.largeProducts,
    },
    rows,
    goals: scenario.goals.map((goal) => judge(goal, rows)),
    series: reported.series,
    notes: reported.notes,
  }
}

function createBench(
  name: string,
  options: Options,
  folder: string,
  ends: (() => Promise<void> | void)[],
  reported: Reported,
): Bench {
  const say = (text: string) => void process.stderr.write(`${name}: ${text}\n`)
  let shops = 0
  return {
    options,
    seconds: (own) => options.seconds ?? own,
    repetitions: (own) => options.repetitions ?? own,
    folder,
    async startShop(choice) {
      const home = join(folder, `shop-${++shops}`)
      mkdirSync(home)
      say('the shop is made and started')
      const shop = await startShop(home, choice)
      ends.push(shop.stop)
      return shop
    },
    async startBare(kind, answers) {
      const bare = await startBare(folder, kind, answers)
      ends.push(bare.stop)
      return bare
    },
    async drive(target, load) {
      const sample = await drive(target, load)
      say(`${load.script}, ${load.connections} connections: ${Math.round(sample.rate)} /s`)
      return sample
    },
    row: (row) => void reported.rows.push(row),
    series(title, points) {
      reported.series[title] = points
    },
    note: (text) => void reported.notes.push(text),
    say,
    onEnd: (work) => void ends.push(work),
  }
}
