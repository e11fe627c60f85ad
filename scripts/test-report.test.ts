import { describe, expect, test } from 'vitest'

import { lastLine, tally, total } from './test-report.ts'
import type { RunEnd, TestEnd } from './test-reporter.ts'

const expected = { suites: ['contract'], engines: ['sqlite'] }
const passing: TestEnd = {
  suite: 'contract',
  file: 'tests/contract/store.test.ts',
  path: ['[sqlite] sequences', 'gives each id once'],
  state: 'passed',
}

describe('the count of all tests', () => {
  test('counts what ran', () => {
    const { passed, failed, skipped } = tally(end([passing, passing]), 0, expected)
    expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 0, skipped: 0 })
  })

  test.each<[what: string, end: RunEnd | undefined, code: number]>([
    ['Vitest that died without a report', undefined, 0],
    ['Vitest that is unhappy though every test passed', end([passing]), 1],
    ['a file that could not be loaded', { ...end([passing]), fileErrors: ['x.test.ts: no'] }, 1],
    ['an interrupted run', { ...end([passing]), complete: false }, 0],
    ['a failed test', end([passing, { ...passing, state: 'failed' }]), 1],
    ['a suite without tests', end([{ ...passing, suite: 'unit' }]), 0],
    ['an engine whose tests were all skipped', end([{ ...passing, state: 'skipped' }]), 0],
    ['an engine without tests', end([{ ...passing, path: ['[redis] cache', 'x'] }]), 0],
  ])('is never green for %s', (_what, run, code) => {
    expect(tally(run, code, expected).failed).toBe(1)
  })

  test('counts a whole shop to both engines that it runs on', () => {
    const flow: TestEnd = { ...passing, suite: 'flows:mariadb+redis', path: ['orders', 'x'] }
    const engines = ['mariadb', 'redis', 'kafka']
    const { remarks } = tally(end([flow]), 0, { suites: [], engines })
    expect(remarks).toEqual([
      'engine mariadb: 1 tests',
      'engine redis: 1 tests',
      'engine kafka: 0 tests',
      '✗ engine kafka: no test ran',
    ])
  })

  test('names each skipped suite with its reason', () => {
    const skipped: TestEnd = { ...passing, state: 'skipped', note: 'no broker here' }
    expect(tally(end([passing, skipped, skipped]), 0, expected).remarks).toEqual([
      'engine sqlite: 1 tests',
      'skipped tests/contract/store.test.ts › [sqlite] sequences: no broker here (2)',
    ])
  })

  test('holds what was skipped for failed on the build server', () => {
    const part = { passed: 3, failed: 0, skipped: 1, remarks: [] }
    expect(lastLine(total([part, part], false))).toBe('6 passed, 0 failed, 2 skipped')
    expect(lastLine(total([part, part], true))).toBe('6 passed, 2 failed')
  })
})

function end(tests: TestEnd[]): RunEnd {
  return { tests, fileErrors: [], complete: true }
}
