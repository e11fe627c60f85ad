// Tests for asking together.
import { describe, expect, test } from 'vitest'
import { askTogether } from './together.ts'

function scene(most = 10) {
  const questions: string[][] = []
  const ask = askTogether<string, string>((keys) => {
    questions.push([...keys])
    if (keys.includes('bad')) return Promise.reject(new Error('bad'))
    return Promise.resolve(new Map(keys.filter((k) => k !== 'none').map((k) => [k, `${k}!`])))
  }, most)
  const one = async (key: string) => (await ask([key])).get(key)
  return { questions, ask, one }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('those who ask in the same turn', () => {
  test('are answered from one question, with each key once', async () => {
    const { questions, one } = scene()
    expect(await Promise.all(['a', 'b', 'a', 'none'].map(one))).toEqual([
      'a!',
      'b!',
      'a!',
      undefined,
    ])
    expect(questions).toEqual([['a', 'b', 'none']])
  })

  test('share a failure, and the next turn knows nothing of it', async () => {
    const { questions, one } = scene()
    const both = await Promise.allSettled([one('bad'), one('a')])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await one('a')).toBe('a!')
    expect(questions).toHaveLength(2)
  })

  test('make several questions when they are many', async () => {
    const { questions, one } = scene(2)
    expect(await Promise.all(['a', 'b', 'c'].map(one))).toEqual(['a!', 'b!', 'c!'])
    expect(questions).toEqual([['a', 'b'], ['c']])
  })

  test('may ask for more than fits, alone', async () => {
    const { questions, ask, one } = scene(2)
    const [many, single] = await Promise.all([ask(['a', 'b', 'c']), one('d')])
    expect([...many.keys()]).toEqual(['a', 'b', 'c'])
    expect(single).toBe('d!')
    expect(questions).toEqual([['a', 'b', 'c'], ['d']])
  })
})

test('who asks later gets an answer of their own', async () => {
  const { questions, one } = scene()
  const first = one('a')
  await turn()
  await Promise.all([first, one('a')])
  expect(questions).toEqual([['a'], ['a']])
})
