// Shows whose accounts the page lets one touch, and what it says of the others.
import { expect, test } from 'vitest'

import { limitOf, rolesToGive } from './limits.ts'

const owner = { user_id: 1, role: 'owner' } as const
const second = { user_id: 2, role: 'owner' } as const
const manager = { user_id: 3, role: 'manager' } as const
const clerk = { user_id: 4, role: 'clerk' } as const

test('the only owner stays, and is told why', () => {
  expect(limitOf(owner, owner, [1])).toBe('lastOwner')
  expect(limitOf(owner, owner, [1, 2])).toBe('self')
  expect(limitOf(owner, second, [1, 2])).toBeNull()
})

test('managers reach clerks and customers, not each other', () => {
  expect(limitOf(manager, clerk, [1, 2])).toBeNull()
  expect(limitOf(manager, { user_id: 9, role: 'manager' }, [1, 2])).toBe('above')
  expect(limitOf(manager, second, [1, 2])).toBe('above')
  expect(limitOf(manager, manager, [1, 2])).toBe('self')
})

test('nobody gives a role of their own rank, but the owner', () => {
  expect(rolesToGive(manager)).toEqual(['customer', 'clerk'])
  expect(rolesToGive(owner)).toEqual(['customer', 'clerk', 'manager', 'owner'])
})
