// Owns what a check of deploy/ is: it says what it looked at and how much, and one that looked at nothing has failed.
import { styleText } from 'node:util'

export interface Finding {
  /** What was looked at, for people: `11 manifests`. */
  readonly count: number
  readonly of: string
  /** With what, as in `promtool 2.42.0`; blank: our own eyes. */
  readonly by?: string
  readonly problems: readonly string[]
}

export interface Check {
  readonly name: string
  readonly run: () => Promise<Finding> | Finding
}

const MOST_SHOWN = 20

/**
 * A whole command: the checks whose names begin with what was asked for (nothing: all), a last line, and the end of
 * the process; 1 when a check fails, or none was run.
 */
export async function runCommand(
  checks: readonly Check[],
  asked: readonly string[],
  close: () => Promise<void> = () => Promise.resolve(),
): Promise<never> {
  const begun = performance.now()
  const isAsked = ({ name }: Check) => asked.length === 0 || asked.some((it) => name.startsWith(it))
  const { passed, failed } = await runChecks(checks.filter(isAsked))
  await close()
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  console.log(`\n${passed} passed, ${failed} failed, ${seconds} s`)
  // What was measured or traced in this process may hold it open: nothing else is to be waited for.
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}

/** Runs the checks one after the other, prints a line for each, and says how many passed and failed. */
export async function runChecks(
  checks: readonly Check[],
): Promise<{ passed: number; failed: number }> {
  const width = Math.max(0, ...checks.map(({ name }) => name.length))
  let failed = 0
  for (const { name, run } of checks) {
    const { count, of, by, problems } = await settle(run)
    const wrong = count === 0 && problems.length === 0 ? [`nothing to check: 0 ${of}`] : problems
    if (wrong.length > 0) failed++
    const mark = wrong.length === 0 ? styleText('green', '✓') : styleText('red', '✗')
    console.log(`${mark} ${name.padEnd(width)}  ${count} ${of}${by ? ` (${by})` : ''}`)
    const lines = wrong.flatMap((problem) => problem.split('\n'))
    for (const line of lines.slice(0, MOST_SHOWN)) console.log(`    ${line}`)
    if (lines.length > MOST_SHOWN) console.log(`    … and ${lines.length - MOST_SHOWN} more lines`)
  }
  return { passed: checks.length - failed, failed }
}

async function settle(run: Check['run']): Promise<Finding> {
  try {
    return await run()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { count: 0, of: 'things', problems: [message] }
  }
}
