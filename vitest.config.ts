// Owns which test files belong to which suite, their engines, their time limits, and what may run at the same time.
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import type { EngineName } from './tests/support/engines/global-setup.ts'
import type { StackName } from './tests/support/stack.ts'

const seconds = 1000

/** `npm run test:quick` shows the small shop alone: no servers are started. */
const quick = process.env['TEST_QUICK'] === '1'

interface Suite {
  readonly name: string
  readonly include: string[]
  readonly timeout: number
  /** The servers that its tests need; they are started with it, and stopped with the last that needs them. */
  readonly engines?: readonly EngineName[]
  readonly stack?: StackName
  /**
   * Suites of one group share the two workers. The browser and the faults start servers and load: each has
   * the machine to itself, or their timing says nothing.
   */
  readonly group?: number
}

function suite(options: Suite): TestProjectConfiguration {
  const { name, include, timeout, engines = [], stack = 'sqlite+embedded', group = 0 } = options
  return {
    extends: true,
    test: {
      name,
      include,
      testTimeout: timeout,
      hookTimeout: timeout,
      provide: { stack },
      globalSetup: (quick ? [] : engines).map(
        (engine) => `tests/support/engines/setup-${engine}.ts`,
      ),
      maxWorkers: group === 0 ? 2 : 1,
      sequence: { groupOrder: group },
    },
  }
}

/** The API and the flows, on other engines than the small shop's. */
function flowsOn(stack: StackName, engines: EngineName[], group: number): TestProjectConfiguration {
  const include = ['tests/flows/**/*.test.ts', 'src/modules/**/*routes.test.ts']
  return suite({ name: `flows:${stack}`, include, timeout: 60 * seconds, engines, stack, group })
}

export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    slowTestThreshold: 5 * seconds,
    projects: [
      suite({
        name: 'unit',
        include: ['{src,scripts,web/src}/**/*.test.{ts,tsx}'],
        timeout: 20 * seconds,
      }),
      suite({
        name: 'architecture',
        include: ['tests/architecture/**/*.test.ts'],
        timeout: 60 * seconds,
      }),
      suite({
        name: 'contract',
        include: ['tests/contract/**/*.test.ts'],
        timeout: 60 * seconds,
        engines: ['redis', 'mariadb', 'postgres', 'kafka'],
      }),
      suite({ name: 'flows', include: ['tests/flows/**/*.test.ts'], timeout: 30 * seconds }),
      flowsOn('sqlite+redis', ['redis'], 0),
      flowsOn('mariadb+redis', ['mariadb', 'redis'], 0),
      flowsOn('postgres+kafka', ['postgres', 'kafka'], 0),
      suite({
        name: 'browser',
        include: ['tests/browser/**/*.test.ts'],
        timeout: 120 * seconds,
        group: 1,
      }),
      suite({
        name: 'faults',
        include: ['tests/faults/**/*.test.ts'],
        timeout: 120 * seconds,
        engines: ['redis', 'mariadb', 'postgres', 'kafka'],
        group: 2,
      }),
    ],
  },
})
