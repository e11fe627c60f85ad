// Measures the shop's pages as Lighthouse sees them on a phone, and fails when one is under its goal. Lighthouse is
// fetched when it is needed: its 170 MB are nothing that everybody should install.
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
const pages = { home: '/', product: '/products/1' }
const categories = ['performance', 'accessibility', 'best-practices'] as const
const times = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
] as const

interface Report {
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
  for (const [name, path] of Object.entries(pages)) {
    report(name, await measure(`${given ?? shop?.url}${path}`))
  }
} finally {
  await shop?.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(url: string): Promise<Report> {
  const reports: Report[] = []
  for (let i = 0; i < RUNS; i++) reports.push(await look(url))
  reports.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'))
  const middle = reports[Math.floor(RUNS / 2)]
  if (!middle) throw new Error('nothing was measured')
  return middle
}

/** Its own profile is a phone on a slow network. */
async function look(url: string): Promise<Report> {
  const file = join(folder, 'report.json')
  const args = [
    ...['--yes', LIGHTHOUSE, url, '--quiet', '--output=json', `--output-path=${file}`],
    `--only-categories=${categories.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage',
  ]
  const env = { ...process.env, CHROME_PATH: chromium, CI: '1' }
  const { code, output } = await run('npx', args, { env })
  if (code !== 0) throw new Error(output)
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

function scoreOf(report: Report, category: string): number {
  return Math.round((report.categories[category]?.score ?? 0) * 100)
}

function report(name: string, found: Report): void {
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
    if (scoreOf(found, category) < GOAL) {
      console.error(`${name}: ${category} is under ${GOAL}`)
      process.exitCode = 1
    }
  }
}
