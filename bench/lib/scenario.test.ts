// Shows that what is compared takes turns, forth and back, and that every scenario can be found and read.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alternate, type Scenario } from './scenario.ts'

const FOLDER = join(import.meta.dirname, '../scenarios')
const names = readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ''))

test('turns go forth in odd repetitions and back in even ones', async () => {
  const order: string[] = []
  const turn = (name: string) => async () => {
    order.push(name)
    return { count: order.length, seconds: 1, rate: order.length }
  }
  const samples = await alternate(3, { one: turn('one'), two: turn('two') })
  expect(order).toEqual(['one', 'two', 'two', 'one', 'one', 'two'])
  expect(samples.one.map(({ count }) => count)).toEqual([1, 4, 5])
  expect(samples.two.map(({ count }) => count)).toEqual([2, 3, 6])
})

test.each(names)(
  '%s is found by its name, says what it asks, and has goals with one bound',
  async (name) => {
    const { scenario } = (await import(join(FOLDER, `${name}.ts`))) as { scenario: Scenario }
    expect(scenario.name).toBe(name)
    expect(scenario.question).toMatch(/\?$/)
    for (const { least, most } of scenario.goals) {
      expect([least, most].filter((bound) => bound !== undefined)).toHaveLength(1)
    }
  },
)

test.each(names)('%s begins with what it asks and what its goal is', (name) => {
  const comment = readFileSync(join(FOLDER, `${name}.ts`), 'utf8').split('\nimport')[0]
  expect(comment).toMatch(/^\/\/ .*\?/s)
  expect(comment).toMatch(/\bgoal\b/i)
})
