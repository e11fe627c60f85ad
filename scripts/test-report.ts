// Owns how the outcome of all tests is counted: what didn't run, didn't pass.
import { isOf } from './suites.ts'
import type { RunEnd, TestEnd } from './test-reporter.ts'

export type Tally = {
  passed: number
  failed: number
  skipped: number
  /** What a reader must know before the last line. */
  remarks: string[]
}

type Expected = { suites: readonly string[]; engines: readonly string[] }

/** Counts a run. `end` is missing when Vitest ended without writing one; `code` is its exit code. */
export function tally(end: RunEnd | undefined, code: number, expected: Expected): Tally {
  if (!end)
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      remarks: [`✗ Vitest ended with ${code}, unreported`],
    }
  const count = (state: TestEnd['state']) => end.tests.filter((test) => test.state === state).length
  const ran = end.tests.filter((test) => test.state !== 'skipped')

  const engineRuns = expected.engines.map((engine) => ({
    engine,
    tests: ran.filter(({ suite, path }) => isOf(engine, suite, path)).length,
  }))
  const wrong = [
    ...end.fileErrors,
    ...(end.complete ? [] : ['the run was interrupted']),
    ...expected.suites
      .filter((suite) => !end.tests.some((test) => test.suite === suite))
      .map((suite) => `suite ${suite}: no tests`),
    ...engineRuns
      .filter(({ tests }) => tests === 0)
      .map(({ engine }) => `engine ${engine}: no test ran`),
  ]
  // Vitest has its own reasons to be unhappy; green it is only when it says so too.
  const failedTests = count('failed')
  if (code !== 0 && failedTests + wrong.length === 0) wrong.push(`Vitest ended with ${code}`)

  return {
    passed: count('passed'),
    failed: failedTests + wrong.length,
    skipped: count('skipped'),
    remarks: [
      ...engineRuns.map(({ engine, tests }) => `engine ${engine}: ${tests} tests`),
      ...skippedSuites(end.tests),
      ...wrong.map((what) => `✗ ${what}`),
    ],
  }
}

/** Adds the parts up. `strict` (the build server): what was skipped has failed. */
export function total(parts: readonly Tally[], strict: boolean): Tally {
  const sum = (key: 'passed' | 'failed' | 'skipped') => parts.reduce((n, part) => n + part[key], 0)
  const skipped = sum('skipped')
  return {
    passed: sum('passed'),
    failed: sum('failed') + (strict ? skipped : 0),
    skipped: strict ? 0 : skipped,
    remarks: parts.flatMap((part) => part.remarks),
  }
}

/** The last line of `npm test`. */
export function lastLine({ passed, failed, skipped }: Omit<Tally, 'remarks'>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function skippedSuites(tests: readonly TestEnd[]): string[] {
  const groups = new Map<string, number>()
  for (const { state, file, path, note } of tests) {
    if (state !== 'skipped') continue
    const name = [file, ...path.slice(0, -1)].join(' › ')
    const line = `skipped ${name}: ${note ?? 'the test gives no reason'}`
    groups.set(line, (groups.get(line) ?? 0) + 1)
  }
  return [...groups].map(([line, times]) => `${line} (${times})`)
}
