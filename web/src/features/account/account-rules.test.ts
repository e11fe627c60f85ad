// Shows what the account forms refuse at once.
import { expect, test } from 'vitest'

import { emailWrong, passwordWrong, usernameWrong } from './account-rules.ts'

test('Chinese names are names; blanks are not', () => {
  expect(usernameWrong('小明')).toBe(false)
  expect(usernameWrong('   ')).toBe(true)
})

test('an e-mail needs a name, an at sign and a domain', () => {
  expect(emailWrong('ming@example.com')).toBe(false)
  expect(emailWrong('ming@example')).toBe(true)
  expect(emailWrong('example.com')).toBe(true)
})

test('a password has eight characters at least', () => {
  expect(passwordWrong('12345678')).toBe(false)
  expect(passwordWrong('1234567')).toBe(true)
})
