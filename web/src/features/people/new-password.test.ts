// Shows that generated passwords are long, readable and evenly drawn.
import { expect, test } from 'vitest'

import { passwordBytes, passwordOf } from './new-password.ts'

const random = () => passwordOf(crypto.getRandomValues(new Uint8Array(passwordBytes)))

test('four groups of four, without letters that look alike', () => {
  for (let round = 0; round < 200; round++) {
    expect(random()).toMatch(/^[2-9a-hjkmnp-zA-HJKMNP-Z]{4}(-[2-9a-hjkmnp-zA-HJKMNP-Z]{4}){3}$/)
  }
})

test('bytes that would favour some letters are not used', () => {
  const high = Array.from({ length: 16 }, () => 255)
  const low = Array.from({ length: 16 }, () => 0)
  expect(passwordOf([...high, ...low])).toBe('2222-2222-2222-2222')
})
