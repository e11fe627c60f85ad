// Shows that widely used passwords are refused, however they are written, and others aren't.
import { expect, test } from 'vitest'
import { leakedPasswords, newPasswordProblem } from './common-passwords.ts'

const ming = { username: 'ming', email: 'ming@example.com' }

test('what leaks are full of is refused, in any case and width', async () => {
  for (const password of ['Scorpion', 'ＳＣＯＲＰＩＯＮ', 'password123', 'manchester']) {
    expect(await newPasswordProblem(password, ming), password).not.toBeNull()
  }
  expect(await newPasswordProblem('ming@example.com', ming, 'new_password')).toMatchObject({
    field: 'new_password',
  })
  expect(await newPasswordProblem('three green parrots', ming)).toBeNull()
})

test('the list has more than the 3,000 that OWASP asks for', async () => {
  const list = await leakedPasswords()
  expect(list.size).toBeGreaterThan(3000)
  expect([...list].filter((text) => text.length < 8).length).toBe(0)
})
