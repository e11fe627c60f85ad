// Shows whose accounts the page lets one touch, and what it says of the others.
import { expect, test } from 'vitest'

import { limitOf, rolesToGive } from './limits.ts'

const email = 'somebody@example.com'
const owner = { user_id: 1, role: 'owner', email } as const
const second = { user_id: 2, role: 'owner', email } as const
const manager = { user_id: 3, role: 'manager', email } as const
const clerk = { user_id: 4, role: 'clerk', email } as const

test('the only owner stays, and is told why', () => {
  expect(limitOf(owner, owner, [1])).toBe('lastOwner')
  expect(limitOf(owner, owner, [1, 2])).toBe('self')
  expect(limitOf(owner, second, [1, 2])).toBeNull()
})

test('managers reach clerks and customers, not each other', () => {
  expect(limitOf(manager, clerk, [1, 2])).toBeNull()
  expect(limitOf(manager, { ...manager, user_id: 9 }, [1, 2])).toBe('above')
  expect(limitOf(manager, second, [1, 2])).toBe('above')
  expect(limitOf(manager, manager, [1, 2])).toBe('self')
})

test('the account of sales to walk-in customers is out of everybody’s reach', () => {
  const customer = { user_id: 5, role: 'customer', email: 'walk-in-2@invalid' } as const
  expect(limitOf(owner, customer, [1])).toBe('walkIn')
  expect(limitOf(manager, customer, [1])).toBe('walkIn')
  expect(limitOf(manager, { ...customer, email: 'walk-in-2@invalid.example' }, [1])).toBeNull()
})

test('nobody gives a role of their own rank, but the owner', () => {
  expect(rolesToGive(manager)).toEqual(['customer', 'clerk'])
  expect(rolesToGive(owner)).toEqual(['customer', 'clerk', 'manager', 'owner'])
})
