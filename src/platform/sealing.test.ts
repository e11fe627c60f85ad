// Shows that a sealed secret opens only with its key and in its place.
import { expect, test } from 'vitest'
import { createSealer } from './sealing.ts'

const key = 'a key of more than thirty-two characters'
const sealer = createSealer(key)

test('what is sealed tells nothing, and opens with the same key and place', () => {
  const sealed = sealer.seal('GEZDGNBV', 'totp of 7')
  expect(sealed).not.toContain('GEZDGNBV')
  expect(createSealer(key).open(sealed, 'totp of 7')).toBe('GEZDGNBV')
  expect(sealer.seal('GEZDGNBV', 'totp of 7')).not.toBe(sealed)
})

test('another key, another place, a changed byte, no key: it stays shut', () => {
  const sealed = sealer.seal('GEZDGNBV', 'totp of 7')
  expect(createSealer(`${key}!`).open(sealed, 'totp of 7')).toBeNull()
  expect(sealer.open(sealed, 'totp of 8')).toBeNull()
  const changed = sealed.at(30) === 'A' ? 'B' : 'A'
  const other = sealed.slice(0, 30) + changed + sealed.slice(31)
  expect(sealer.open(other, 'totp of 7')).toBeNull()
  expect(sealer.open('gcm1:short', 'totp of 7')).toBeNull()
  expect(createSealer(null).open(sealed, 'totp of 7')).toBeNull()
})

test('what was written without a key stays readable, and says that it should be sealed', () => {
  const plain = createSealer(null).seal('GEZDGNBV', 'totp of 7')
  expect(sealer.open(plain, 'totp of 7')).toBe('GEZDGNBV')
  expect(sealer.isSealed(plain)).toBe(false)
  expect(createSealer(null).isSealed(plain)).toBe(true)
})
