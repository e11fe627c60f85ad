// Shows that `npm run bench` measures: a shop is seeded, loaded beside the bare server, told about, and nothing is left.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Result } from '../../bench/lib/results.ts'
import { runProcess } from '../../bench/lib/processes.ts'
import { tempDir } from '../support/temp-dir.ts'

const RUN = join(import.meta.dirname, '../../bench/run.ts')

async function bench(...args: string[]): Promise<{ output: string; left: string[] }> {
  const folder = join(tempDir(), 'tmp')
  mkdirSync(folder)
  const output = await runProcess(process.execPath, [RUN, '--no-keep', ...args], {
    env: { TMPDIR: folder },
    seconds: 110,
  })
  return { output, left: readdirSync(folder) }
}

test('one scenario, told as JSON', async () => {
  const { output, left } = await bench('single', '--seconds', '1', '--repetitions', '2', '--json')
  // Progress comes before it.
  const [result] = JSON.parse(output.slice(output.indexOf('\n[') + 1)) as Result[]
  const row = result?.rows[0]
  expect(result?.scenario).toBe('single')
  expect(row?.samples).toHaveLength(2)
  expect(row?.against_samples).toHaveLength(2)
  expect(row?.rate.median).toBeGreaterThan(0)
  expect(row?.ratio).toBeGreaterThan(0)
  expect(row).toMatchObject({ refused: 0, failed: 0 })
  expect(row?.cpu_us_each).toBeGreaterThan(0)
  expect(row?.peak_mib).toBeGreaterThan(0)
  expect(result?.goals[0]?.value).toBe(row?.p50_ms)
  expect(JSON.stringify(result)).not.toContain(process.cwd())
  expect(left).toEqual([])
})

test('a scenario that does not exist is refused, with the list of options', async () => {
  await expect(bench('no-such-scenario')).rejects.toThrow(
    /64\nThere is no no-such-scenario[^]*--list/,
  )
})
