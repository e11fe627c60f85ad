// `npm test`: everything, from a fresh clone. Its last line counts; it ends with 1 unless all is green.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { ensureChromium } from './chromium.ts'
import { runGates, slowGates } from './gates.ts'
import { run } from './processes.ts'
import { engines, suites } from './suites.ts'
import { lastLine, tally, type Tally, total } from './test-report.ts'
import type { RunEnd } from './test-reporter.ts'

const strict = process.env['CI'] === 'true'

const chromiumMissing = await ensureChromium()
const gates = await runGates(slowGates)
const parts: Tally[] = [
  { ...gates, skipped: 0, remarks: [] },
  await buildPages(),
  await runSuites(suites.filter((suite) => suite !== 'browser' || !chromiumMissing)),
]
if (chromiumMissing) {
  parts.push({ passed: 0, failed: 0, skipped: 1, remarks: [`skipped browser: ${chromiumMissing}`] })
}

const sum = total(parts, strict)
console.log(['', ...sum.remarks, lastLine(sum)].join('\n'))
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1

async function buildPages(): Promise<Tally> {
  const { code } = await run(process.execPath, ['scripts/build-web.ts'], { show: true })
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0, remarks: [] }
    : { passed: 0, failed: 1, skipped: 0, remarks: ['✗ the pages cannot be built'] }
}

async function runSuites(names: string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-test-'))
  const report = join(folder, 'report.json')
  const { code } = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--allowOnly=false',
      '--reporter=default',
      '--reporter=./scripts/test-reporter.ts',
      ...names.map((name) => `--project=${name}`),
    ],
    { show: true, env: { ...withoutSettings(process.env), TEST_REPORT: report } },
  )
  const end = readReport(report)
  rmSync(folder, { recursive: true })
  return tally(end, code, { suites: names, engines })
}

function readReport(file: string): RunEnd | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunEnd
  } catch {
    return undefined // Vitest died before it wrote one.
  }
}

/** The settings of a shop on this machine must not reach the tests. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PETSHOP_')))
}
