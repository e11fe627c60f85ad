// Shows which settings are refused, and that a one-time code is typed as people type.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCode, settingsProblem, setupCodeOf } from './rules.ts'

test('zones and currencies that do not exist are refused, naming the field', () => {
  expect(settingsProblem({ time_zone: 'Mars/Olympus' })?.field).toBe('time_zone')
  expect(settingsProblem({ currency: 'QQQ' })?.field).toBe('currency')
  expect(settingsProblem({ time_zone: 'Asia/Urumqi', currency: 'JPY' })).toBeNull()
  expect(settingsProblem({})).toBeNull()
})

test('a code has eight characters nobody confuses, and folds to itself however it is typed', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(bytes, (bytes) => {
      const code = setupCodeOf(bytes)
      if (code === null) return
      expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
      expect(foldCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(foldCode(code))
    }),
  )
})

test('every character is equally likely', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte++) {
    const code = setupCodeOf(new Array<number>(8).fill(byte))
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  expect(new Set(counts.values())).toEqual(new Set([8]))
  expect(setupCodeOf(new Array<number>(7).fill(0))).toBeNull()
})
