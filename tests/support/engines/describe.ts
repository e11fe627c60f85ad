// Owns how a suite says which engine it needs, and how the report tells that it could not run.
import { describe, inject, test } from 'vitest'
import type { EngineName } from './global-setup.ts'

/** The tests in `suite` run against this engine; where it is missing, one skipped test says why. */
export function describeEngine(
  engine: EngineName,
  name: string,
  suite: (url: string) => void,
): void {
  const url = inject(`${engine}Url`)
  const missing = inject(`${engine}Missing`)
  describe(`[${engine}] ${name}`, () => {
    if (url) return suite(url)
    test('not run', ({ skip }) => skip(missing ?? `this suite's project does not start ${engine}`))
  })
}
