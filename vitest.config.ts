// Owns which test files belong to which suite, their time limits, and what may run at the same time.
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const seconds = 1000

// Suites of one group share the two workers. The browser and the faults start servers and load:
// each has the machine to itself, or their timing says nothing.
function suite(
  name: string,
  include: string[],
  timeout: number,
  groupOrder = 0,
): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include,
      testTimeout: timeout,
      hookTimeout: timeout,
      maxWorkers: groupOrder === 0 ? 2 : 1,
      sequence: { groupOrder },
    },
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    slowTestThreshold: 5 * seconds,
    projects: [
      suite('unit', ['{src,scripts,web/src}/**/*.test.{ts,tsx}'], 20 * seconds),
      suite('architecture', ['tests/architecture/**/*.test.ts'], 60 * seconds),
      suite('contract', ['tests/contract/**/*.test.ts'], 30 * seconds),
      suite('flows', ['tests/flows/**/*.test.ts'], 30 * seconds),
      suite('browser', ['tests/browser/**/*.test.ts'], 120 * seconds, 1),
      suite('faults', ['tests/faults/**/*.test.ts'], 120 * seconds, 2),
    ],
  },
})
