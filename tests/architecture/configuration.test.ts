// Shows that docs/configuration.md lists exactly the settings that the program reads.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { effectiveSettings } from '../../src/platform/config.ts'

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')

test('the table of settings is complete, sorted, and names nothing else', () => {
  const rows = [...page.matchAll(/^\| `([A-Z0-9_]+)` \|(.*)\|$/gm)]
  const everything = { REDIS_URL: 'redis://localhost', KAFKA_BROKERS: 'localhost:9092' }
  expect(rows.map(([, name]) => name)).toEqual(
    effectiveSettings(everything).map(({ name }) => name),
  )
  for (const [, name, rest = ''] of rows) {
    const cells = rest.split('|').map((cell) => cell.trim())
    expect(cells, `${name} has a meaning, a default and an example`).toHaveLength(3)
    expect(cells.every((cell) => cell !== '')).toBe(true)
  }
})
