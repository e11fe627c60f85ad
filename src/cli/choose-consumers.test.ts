// Shows which consumers a worker runs, and that a name which is nobody's is refused with those there are.
import { describe, expect, test } from 'vitest'
import { StartupError } from '../lib/startup-error.ts'
import { chooseConsumers, type ConsumerChoice } from './choose-consumers.ts'

const consumers = [
  { name: 'confirm-order-on-placed' },
  { name: 'project-sales-on-order-change', shortName: 'sales-projection' },
  { name: 'update-stock-on-stock-change' },
]

const chosen = (choice: ConsumerChoice) =>
  chooseConsumers(consumers, choice).map(({ name }) => name)

describe('a worker', () => {
  test('runs all consumers unless told otherwise', () => {
    expect(chosen({})).toEqual(consumers.map(({ name }) => name))
  })

  test.each(['sales-projection', 'project-sales-on-order-change'])('runs only %s', (name) => {
    expect(chosen({ only: [name] })).toEqual(['project-sales-on-order-change'])
    expect(chosen({ except: [name] })).toEqual([
      'confirm-order-on-placed',
      'update-stock-on-stock-change',
    ])
  })

  test('runs several, each once', () => {
    const only = ['update-stock-on-stock-change', 'sales-projection', 'sales-projection']
    expect(chosen({ only })).toEqual([
      'project-sales-on-order-change',
      'update-stock-on-stock-change',
    ])
  })

  test.each(['only', 'except'] as const)('is told which there are by --%s nobody', (option) => {
    const choose = () => chooseConsumers(consumers, { [option]: ['sales-projection', 'nobody'] })
    expect(choose).toThrow(StartupError)
    expect(choose).toThrow(
      'There is no consumer nobody. There are:\n  confirm-order-on-placed\n  sales-projection (project-sales-on-order-change)\n',
    )
    expect(choose).toThrow(expect.objectContaining({ exitCode: 64 }))
  })
})
