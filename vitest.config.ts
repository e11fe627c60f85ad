// Owns which test files belong to which suite, their engines, their time limits, and what may run at the same time.
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config'
import type { EngineName } from './tests/support/engines/global-setup.ts'
import type { StackName } from './tests/support/stack.ts'

const seconds = 1000

/** `npm run test:quick` shows the small shop alone: no servers are started. */
const quick = process.env['TEST_QUICK'] === '1'

interface Suite {
  readonly name: string
  readonly include: string[]
  readonly exclude?: readonly string[]
  readonly timeout: number
  /** The servers that its tests need; they are started with it, and stopped with the last that needs them. */
  readonly engines?: readonly EngineName[]
  readonly stack?: StackName
  /**
   * Suites of one group share the two workers. The browser and the faults start servers and load: each has
   * the machine to itself, or their timing says nothing.
   */
  readonly group?: number
  /** What is made once for all its files. */
  readonly setup?: readonly string[]
}

function suite(options: Suite): TestProjectConfiguration {
  const { name, include, exclude = [], timeout, engines = [], setup = [] } = options
  const { stack = 'sqlite+embedded', group = 0 } = options
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: [...configDefaults.exclude, ...exclude],
      testTimeout: timeout,
      hookTimeout: timeout,
      // Only what never comes true takes so long: how fast the machine is doesn't matter.
      expect: { poll: { timeout: timeout / 2, interval: 50 } },
      provide: { stack },
      globalSetup: [
        ...(quick ? [] : engines).map((engine) => `tests/support/engines/setup-${engine}.ts`),
        ...setup,
      ],
      maxWorkers: group === 0 ? 2 : 1,
      sequence: { groupOrder: group },
    },
  }
}

/** What whole programs do, whatever else the machine has to do: nothing here waits for a time to pass. */
const programs = [
  'backup',
  'corruption',
  'deploy-scripts',
  'doctor',
  'engines-left-behind',
  'import-command',
  'kept-backups',
  'power-cut',
  'restore-broker',
  'startup',
  'transfer',
].map((name) => `tests/faults/${name}.test.ts`)

/** What is refused before any database hears of it: SQLite and PostgreSQL show it. */
const refusals = ['bad-input', 'import-errors', 'import-requests'].map(
  (name) => `tests/flows/${name}.test.ts`,
)

/** The API and the flows, on other engines than the small shop's. */
function flowsOn(
  stack: StackName,
  engines: EngineName[],
  exclude: readonly string[] = [],
): TestProjectConfiguration {
  const include = ['tests/flows/**/*.test.ts', 'src/modules/**/*routes.test.ts']
  return suite({ name: `flows:${stack}`, include, exclude, timeout: 60 * seconds, engines, stack })
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    slowTestThreshold: 5 * seconds,
    projects: [
      suite({
        name: 'unit',
        include: ['{src,scripts,bench,web/src}/**/*.test.{ts,tsx}'],
        timeout: 60 * seconds,
      }),
      suite({
        name: 'architecture',
        include: ['tests/architecture/**/*.test.ts'],
        timeout: 60 * seconds,
      }),
      suite({
        name: 'contract',
        include: ['tests/contract/**/*.test.ts'],
        timeout: 120 * seconds,
        engines: ['redis', 'mariadb', 'postgres', 'kafka'],
      }),
      suite({ name: 'flows', include: ['tests/flows/**/*.test.ts'], timeout: 60 * seconds }),
      flowsOn('sqlite+redis', ['redis']),
      flowsOn('mariadb+redis', ['mariadb', 'redis'], refusals),
      flowsOn('postgres+kafka', ['postgres', 'kafka']),
      suite({
        name: 'programs',
        include: programs,
        timeout: 120 * seconds,
        engines: ['redis', 'mariadb', 'postgres', 'kafka'],
      }),
      suite({
        name: 'browser',
        include: ['tests/browser/**/*.test.ts'],
        timeout: 120 * seconds,
        setup: ['tests/browser/support/setup-demo.ts'],
        group: 1,
      }),
      suite({
        name: 'faults',
        include: ['tests/faults/**/*.test.ts'],
        exclude: programs,
        timeout: 120 * seconds,
        engines: ['redis', 'mariadb', 'postgres', 'kafka'],
        group: 2,
      }),
    ],
  },
})
