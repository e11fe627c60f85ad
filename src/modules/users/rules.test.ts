// Shows who may do what to whom, and which names and passwords are refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atLeast, ROLES } from '../../lib/roles.ts'
import { COMMON_PASSWORDS } from './common-passwords-rules.ts'
import {
  deletedName,
  losesLastOwner,
  mayGiveRole,
  mayManage,
  maySee,
  passwordProblem,
  usernameProblem,
} from './rules.ts'

const role = fc.constantFrom(...ROLES)

test('nobody but the owner touches or makes an account that is not below', () => {
  fc.assert(
    fc.property(role, role, (actor, other) => {
      const below = !atLeast(other, actor)
      expect(mayManage({ role: actor }, { role: other })).toBe(actor === 'owner' || below)
      expect(mayGiveRole({ role: actor }, other)).toBe(actor === 'owner' || below)
    }),
  )
})

test('clerks see customers only', () => {
  expect(ROLES.filter((role) => maySee({ role: 'clerk' }, role))).toEqual(['customer'])
  expect(ROLES.filter((role) => maySee({ role: 'manager' }, role))).toEqual([...ROLES])
})

test('whatever is asked, an active owner stays', () => {
  const change = fc.record({ user_id: fc.nat(3), role, active: fc.boolean() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const people = [0, 1, 2, 3].map((user_id) => ({
        user_id,
        role: user_id < 2 ? ('owner' as const) : ('clerk' as const),
        active: true,
      }))
      for (const { user_id, ...becomes } of changes) {
        const owners = people.filter((person) => person.role === 'owner' && person.active)
        const ids = owners.map((person) => person.user_id)
        const target = people[user_id]!
        if (!losesLastOwner(target, becomes, ids)) Object.assign(target, becomes)
      }
      expect(people.some((person) => person.role === 'owner' && person.active)).toBe(true)
    }),
  )
})

test('names that could be taken for e-mails or deleted accounts are refused, in any width and case', () => {
  for (const name of [
    'a@b',
    'a＠b',
    'deleted-5',
    'Deleted-x',
    'ＤＥＬＥＴＥＤ－5',
    deletedName(7),
  ]) {
    expect(usernameProblem(name), name).toMatchObject({ field: 'username' })
  }
  for (const name of ['小明', 'Ming', 'deleted', 'деда', '猫猫 狗狗', '🐱', 'ñandú']) {
    expect(usernameProblem(name), name).toBeNull()
  }
})

test('a name whose compatibility form outgrows its column is refused', () => {
  expect(usernameProblem('\ufdfa'.repeat(60))).not.toBeNull()
  expect(usernameProblem('猫'.repeat(60))).toBeNull()
})

test('common passwords, the own name and one repeated character are refused, naming the field', () => {
  const ming = { username: 'Ming Wang', email: 'ming@example.com' }
  for (const password of [
    'password123',
    'PassWord123',
    'ｐａｓｓｗｏｒｄ１２３',
    'woaini1314',
    'ming wang',
    'MING@example.com',
    '￥￥￥￥￥￥￥￥￥',
  ]) {
    expect(passwordProblem(password, ming), password).toMatchObject({ field: 'password' })
  }
  expect(passwordProblem('password123', ming, 'new_password')?.field).toBe('new_password')
  expect(passwordProblem('three green parrots', ming)).toBeNull()
})

test('the list holds what the schema lets through: eight characters or more, folded', () => {
  expect(COMMON_PASSWORDS.size).toBeGreaterThan(200)
  const useless = [...COMMON_PASSWORDS].filter((text) => text.length < 8 || /[A-Z]/.test(text))
  expect(useless).toEqual([])
})
