// Shows what the account forms refuse at once, and how devices are named.
import { expect, test } from 'vitest'

import { deviceName, emailWrong, passwordWrong, usernameWrong } from './account-rules.ts'

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

test('devices are named by browser and system', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36'
  expect(deviceName(chrome)).toBe('Chrome · Windows')
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1'
  expect(deviceName(phone)).toBe('Safari · iPhone')
  expect(deviceName('curl/8.1')).toBe('curl')
})
