// Shows that a run is repeated by its seed, notes whatever goes wrong, and leaves nothing behind.
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { choiceOf } from './buyers.ts'
import { added } from './results.ts'
import { type RunOptions, runScenario } from './runner.ts'
import { isKept, type Run, type Scenario } from './scenario.ts'

const options: RunOptions = { seed: 5, seconds: 0, engine: () => Promise.reject(new Error('none')) }

function scenario(run: (run: Run) => Promise<void> | void): Scenario {
  const work = async (given: Run) => run(given)
  return { name: 'x', promise: 1, title: '', unit: 'rounds', promised: 1, run: work }
}

const dice = scenario((run) => {
  for (let i = 0; run.goesOn(i, 5); i++) run.fault(String(run.random.int(1, 1000)))
})

test('a seed repeats the faults; another one has others', async () => {
  const faultsOf = async (seed: number) =>
    (await runScenario(dice, { ...options, seed })).record.faults
  const first = await faultsOf(5)
  expect(first).toHaveLength(5)
  expect(await faultsOf(5)).toEqual(first)
  expect(await faultsOf(6)).not.toEqual(first)
})

test('a seed repeats what each buyer does, whatever happened before', () => {
  const shop = { people: [], products: [1, 2, 3], urls: () => [], copies: 5, cuts: 0.5 }
  const plan = (seed: number, n: number) => {
    const { key, lines, sent, pauseMs } = choiceOf({ ...shop, seed }, 3, n)
    return { key, lines, sent, pauseMs }
  }
  const later = plan(1, 9)
  for (let n = 0; n < 9; n++) plan(1, n)
  expect(plan(1, 9)).toEqual(later)
  expect(plan(2, 9)).not.toEqual(later)
  expect(plan(1, 8)).not.toEqual(later)
})

test('what is thrown is a problem; what was opened is closed, last first, and the folder is gone', async () => {
  const closed: string[] = []
  let folder = ''
  const { record } = await runScenario(
    scenario((run) => {
      folder = run.folder
      run.onEnd(() => closed.push('first'))
      run.onEnd(() => closed.push('second'))
      run.onEnd(() => Promise.reject(new Error('cannot be closed')))
      throw new Error('boom')
    }),
    options,
  )
  expect(record.problems.join('\n')).toMatch(/boom[\s\S]*cannot be closed/)
  expect(isKept(record)).toBe(false)
  expect(closed).toEqual(['second', 'first'])
  expect(existsSync(folder)).toBe(false)
})

test('a break on purpose that was missed once is missed', async () => {
  const { record } = await runScenario(
    scenario((run) => {
      run.control('x', false)
      run.control('x', true)
    }),
    options,
  )
  expect(record.problems).toEqual([])
  expect(isKept(record)).toBe(false)
})

test('who stops it gets no further round', async () => {
  const { record } = await runScenario(dice, { ...options, signal: AbortSignal.abort() })
  expect(record).toMatchObject({ faults: [], interrupted: true, problems: [] })
})

test('the summary adds up, keeps the largest, and names the seeds that broke something', async () => {
  const once = async (seed: number, ms: number, problem?: string) => {
    const noting = scenario((run) => {
      run.count('kills', 2)
      run.most('ms', ms)
      run.control('x', true)
      if (problem) run.problem(problem)
    })
    return (await runScenario(noting, { ...options, seed })).record
  }
  const sum = added(added(undefined, await once(1, 7)), await once(2, 3, 'lost'))
  expect(sum).toMatchObject({
    runs: 2,
    broken: [2],
    counts: { kills: 4 },
    most: { ms: 7 },
    seeds: [1, 2],
    controls: { x: 2 },
  })
})
