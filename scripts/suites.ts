// Owns what `npm test` must have run: a suite or an engine that ran no test fails the run.

/** The projects of vitest.config.ts. */
export const suites = [
  'unit',
  'architecture',
  'contract',
  'flows',
  'flows:sqlite+redis',
  'flows:mariadb+redis',
  'flows:postgres+kafka',
  'programs',
  'browser',
  'faults',
]

/** The drivers that this program claims to work with. */
export const engines = [
  'sqlite',
  'mariadb',
  'postgres',
  'postgres-serializable',
  'embedded',
  'redis',
  'kafka',
  'memory',
]

/**
 * Does a test show something of an engine? Either a `describe` around it has the engine in brackets, as in
 * `describe('[sqlite] sequences', …)`, or its suite runs whole shops on it, as `flows:mariadb+redis` does.
 */
export function isOf(engine: string, suite: string, path: readonly string[]): boolean {
  if (!suite.startsWith('flows')) return path.some((name) => name.includes(`[${engine}]`))
  const stack = suite.split(':')[1] ?? 'sqlite+embedded'
  return stack.split('+').includes(engine)
}
