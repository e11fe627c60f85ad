// Shows the command itself: stopped by ^C it judges and keeps what was reached, and a broken promise ends it with 1.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunRecord } from '../../scripts/torture/scenario.ts'
import { until } from '../support/load.ts'
import { tempDir } from '../support/temp-dir.ts'

const SCRIPT = join(import.meta.dirname, '../../scripts/torture.ts')
const SEED = '7'

/** An hour, were it not stopped by ^C when it is in full swing. */
async function tortureUntilStopped(results: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [
      SCRIPT,
      '--scenario',
      'retries',
      '--minutes',
      '60',
      '--seed',
      SEED,
      '--results',
      results,
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  const keep = (text: string) => (output += text)
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const ended = once(child, 'close')
  await until('it tortures', () => output.includes('% of them cut') || child.exitCode !== null)
  child.kill('SIGINT')
  const [code] = (await ended) as [number | null]
  return { code, output }
}

function runIn(results: string): RunRecord {
  const [file] = readdirSync(results).filter((name) => name.endsWith(`-retries-${SEED}.json`))
  return JSON.parse(readFileSync(join(results, file ?? ''), 'utf8')) as RunRecord
}

test('stopped by ^C it judges and keeps what was reached', async () => {
  const results = tempDir()
  const { code, output } = await tortureUntilStopped(results)
  expect(output).toMatch(/^4 +retries +kept, stopped early +\d+ keys/m)
  expect(output).toContain(`Seed ${SEED} repeats it.`)
  expect(code).toBe(0)
  expect(runIn(results)).toMatchObject({ interrupted: true, problems: [] })
  const summary = JSON.parse(readFileSync(join(results, 'summary.json'), 'utf8')) as object
  expect(summary).toMatchObject({ retries: { promise: 4, runs: 1, broken: [], seeds: [7] } })
})

test('a shop that was broken on purpose ends it with 1, and says nothing about the shop', async () => {
  const results = tempDir()
  const { code, output } = await tortureUntilStopped(results, '--break', 'lost-order')
  expect(output).toMatch(/^4 +retries +BROKEN/m)
  expect(output).toMatch(/order \d+ was acknowledged and is lost/)
  expect(code).toBe(1)
  expect(runIn(results).verdict.lost).toBe(1)
  expect(existsSync(join(results, 'summary.json'))).toBe(false)
})
