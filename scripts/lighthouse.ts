// Measures the shop's pages as Lighthouse sees them on a phone, and fails when one is under its goal. Lighthouse is
// fetched when it is needed: its 170 MB are nothing that everybody should install.
//
// Its figures are of a mid-tier phone only if the processor is slowed down by what its own guide gives for a machine
// of this speed (docs/throttling.md there, "Calibrating the CPU slowdown"): the goal is for that. What its plain
// setting says, which is made for fast desktops, is printed beside it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { openDemoShop } from './demo-shop.ts'
import { run } from './processes.ts'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const GOAL = 95
/** The middle one counts: a machine that does something else meanwhile spoils one. */
const RUNS = 3
/** Runs in which it measured nothing. */
const FAILURES = 3
const pages = { home: '/', product: '/products/1' }
const categories = ['performance', 'accessibility', 'best-practices'] as const
const times = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
] as const

/** How Lighthouse's guide slows a machine down to a mid-tier phone, by the benchmark index that it measures itself. */
const SLOWDOWNS = [
  { from: 1500, times: 4 },
  { from: 800, times: 2 },
  { from: 0, times: 1 },
]
const PLAIN = 4

interface Report {
  readonly environment: { readonly benchmarkIndex: number }
  readonly categories: Readonly<
    Record<string, { score: number | null; auditRefs: readonly { id: string; weight: number }[] }>
  >
  readonly audits: Readonly<
    Record<string, { title: string; score: number | null; displayValue?: string }>
  >
}

const chromium = findChromium()
if (!chromium) throw new Error('Chromium is missing')
const folder = mkdtempSync(join(tmpdir(), 'petshop-lighthouse-'))
// An address looks at a shop that is open already.
const given = process.argv[2]
const shop = given ? null : await openDemoShop()
try {
  const address = given ?? shop?.url ?? ''
  const index = middle((await look(address, PLAIN, RUNS)).map((r) => r.environment.benchmarkIndex))
  const slowdown = SLOWDOWNS.find(({ from }) => index >= from)?.times ?? 1
  console.log(`benchmark index ${index}: slowed down ${slowdown} times for a mid-tier phone`)
  for (const [name, path] of Object.entries(pages)) {
    report(name, await measure(address + path, slowdown), true)
    if (slowdown !== PLAIN)
      report(`${name}, slowed down ${PLAIN} times`, await measure(address + path, PLAIN), false)
  }
} finally {
  await shop?.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(url: string, slowdown: number): Promise<Report> {
  return middle(
    await look(url, slowdown, RUNS),
    (a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'),
  )
}

function middle<T>(all: readonly T[], order?: (a: T, b: T) => number): T {
  const found = all.toSorted(order ?? ((a, b) => Number(a) - Number(b)))[Math.floor(all.length / 2)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** Its own profile is a phone on a slow network. */
async function look(url: string, slowdown: number, times: number): Promise<Report[]> {
  const file = join(folder, 'report.json')
  const args = [
    ...['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', `--output-path=${file}`],
    `--throttling.cpuSlowdownMultiplier=${slowdown}`,
    `--only-categories=${categories.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage',
  ]
  const env = { ...process.env, CHROME_PATH: chromium, CI: '1' }
  const reports: Report[] = []
  let failures = 0
  while (reports.length < times) {
    const { code, output } = await run('npx', args, { env })
    if (code === 0) reports.push(JSON.parse(readFileSync(file, 'utf8')) as Report)
    // Now and then it misses the beginning of its own recording.
    else if (++failures > FAILURES) throw new Error(output)
  }
  return reports
}

function scoreOf(report: Report, category: string): number {
  return Math.round((report.categories[category]?.score ?? 0) * 100)
}

function report(name: string, found: Report, counts: boolean): void {
  const scores = categories.map((category) => `${category} ${scoreOf(found, category)}`)
  console.log(`\n${name}: ${scores.join(', ')}`)
  for (const id of times) {
    const { title, displayValue = '' } = found.audits[id] ?? { title: id }
    console.log(`  ${title}: ${displayValue}`)
  }
  for (const category of categories) {
    const refs = found.categories[category]?.auditRefs ?? []
    for (const { id, weight } of refs) {
      const audit = found.audits[id]
      if (weight === 0 || !audit || audit.score === null || audit.score >= 0.9) continue
      console.log(`  under 90 (${category}): ${audit.title} ${audit.displayValue ?? ''}`)
    }
    if (counts && scoreOf(found, category) < GOAL) {
      console.error(`${name}: ${category} is under ${GOAL}`)
      process.exitCode = 1
    }
  }
}
