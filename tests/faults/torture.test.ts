// Shows each scenario of the torture in its shortest form: the promise is kept, and each break on purpose is seen.
import { describe, expect, inject, test } from 'vitest'
import { runScenario } from '../../scripts/torture/runner.ts'
import type { SharedEngine } from '../../scripts/torture/scenario.ts'
import { scenarios } from '../../scripts/torture/scenarios.ts'
import { anySeed } from '../support/load.ts'

const MINUTES = 60_000
const seed = anySeed()
const replay = `SEED=${seed} repeats it`

function engine(name: SharedEngine): Promise<string> {
  const url = inject(`${name}Url`)
  if (!url) throw new Error(inject(`${name}Missing`) ?? `there is no ${name}`)
  return Promise.resolve(url)
}

describe('the torture', () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s: the promise is kept',
    async (_name, scenario) => {
      const { record } = await runScenario(scenario, { seed, seconds: 0, engine })
      expect(record.problems, replay).toEqual([])
      expect(record.counts[scenario.unit], replay).toBeGreaterThan(0)
      const unseen = Object.entries(record.controls).filter(([, seen]) => !seen)
      expect(unseen, `${replay}; nobody saw what was broken on purpose`).toEqual([])
      expect(Object.keys(record.controls).length).toBeGreaterThan(0)
    },
    5 * MINUTES,
  )
})
