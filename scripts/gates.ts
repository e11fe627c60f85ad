// Owns the list of quick checks ("gates") that every change passes, and runs them two at a time.
import { styleText } from 'node:util'

import { type Outcome, run } from './processes.ts'

export type Gate = { name: string; program: string; args: string[] }

const cache = 'node_modules/.cache'
const pretty = process.stdout.isTTY ? ['--pretty'] : []

// Longest first, so that the two lanes end together.
const gates: Gate[] = [
  {
    name: 'lint (server)',
    program: 'node_modules/eslint/bin/eslint.js',
    args: ['.', '--ignore-pattern', 'web/', '--max-warnings', '0'],
  },
  {
    name: 'dead code',
    program: 'node_modules/knip/bin/knip.js',
    args: ['--no-progress', '--treat-config-hints-as-errors'],
  },
  {
    name: 'format',
    program: 'node_modules/prettier/bin/prettier.cjs',
    args: [
      '.',
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${cache}/prettier-check`,
    ],
  },
  {
    name: 'lint (web)',
    program: 'node_modules/eslint/bin/eslint.js',
    args: ['web', '--max-warnings', '0'],
  },
  { name: 'import rules', program: 'scripts/check-imports.ts', args: [] },
  {
    name: 'types (server)',
    program: 'node_modules/typescript7/bin/tsc',
    args: ['-p', 'tsconfig.json', ...pretty],
  },
  {
    name: 'types (web)',
    program: 'node_modules/typescript7/bin/tsc',
    args: ['-p', 'web/tsconfig.json', ...pretty],
  },
]

// Without ESLint's cache: what a line may do depends on the types of other files.
const typedLint = (name: string, ...folders: string[]): Gate => ({
  name,
  program: 'node_modules/eslint/bin/eslint.js',
  args: ['--config', 'eslint.typed.config.js', ...folders, '--max-warnings', '0'],
})

/** What takes longer than a quick check may: the full test runs these as well. */
export const slowGates: readonly Gate[] = [
  typedLint('promises (server)', 'src', 'migrations', 'scripts'),
  typedLint('promises (tests)', 'tests'),
]

/** Runs the quick gates and `more`, prints a line for each, and what the failing ones said. */
export async function runGates(
  more: readonly Gate[] = [],
): Promise<{ passed: number; failed: number }> {
  const waiting = [...more, ...gates]
  const count = waiting.length
  const failures: { gate: Gate; outcome: Outcome }[] = []
  const lane = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const outcome = await run(process.execPath, [gate.program, ...gate.args], {
        env: process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env,
      })
      const ok = outcome.code === 0
      if (!ok) failures.push({ gate, outcome })
      const mark = ok ? styleText('green', '✓') : styleText('red', '✗')
      console.log(`${mark} ${gate.name.padEnd(18)} ${(outcome.ms / 1000).toFixed(1)} s`)
    }
  }
  await Promise.all([lane(), lane()])
  for (const { gate, outcome } of failures) {
    console.log(`\n${styleText('red', `✗ ${gate.name}`)}\n${outcome.output.trim()}`)
  }
  return { passed: count - failures.length, failed: failures.length }
}
