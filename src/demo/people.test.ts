// Shows that the demo's people are distinct and reach nobody outside it.
import { expect, test } from 'vitest'
import { demoCustomers, demoStaff } from './people.ts'

const everybody = [...demoStaff, ...demoCustomers]
const distinct = (values: string[]) => new Set(values.map((value) => value.toLowerCase())).size

test('the accounts the terminal prints are there, in order', () => {
  expect(demoStaff.map(({ username, role }) => `${username}:${role}`)).toEqual([
    'owner:owner',
    'manager:manager',
    'clerk1:clerk',
    'clerk2:clerk',
  ])
  const accounts = demoCustomers.filter(({ account }) => account)
  expect(accounts.map(({ username }) => username)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `customer${number}`),
  )
  expect(demoCustomers.slice(0, 5)).toEqual(accounts)
})

test('nobody shares a username, name, e-mail or phone number', () => {
  expect(demoCustomers.length).toBeGreaterThanOrEqual(35)
  expect(distinct(everybody.map(({ username }) => username))).toBe(everybody.length)
  expect(distinct(everybody.map(({ display_name }) => display_name))).toBe(everybody.length)
  expect(distinct(everybody.map(({ email }) => email))).toBe(everybody.length)
  expect(distinct(everybody.map(({ phone }) => phone))).toBe(everybody.length)
})

test('e-mail addresses are in a reserved domain and no phone number can be dialled', () => {
  for (const { email, phone } of everybody) {
    expect(email).toMatch(/^[a-z0-9]+@petshop\.example$/)
    expect(phone).toMatch(/^111-0000-\d{4}$/)
  }
})

test('every customer has an address and a pet', () => {
  for (const { address, pets, visits } of demoCustomers) {
    expect(address).toMatch(/^江晚市.{2}区.+ \d+ 号/)
    expect(pets.length).toBeGreaterThan(0)
    expect(visits).toBeGreaterThan(0)
  }
})
