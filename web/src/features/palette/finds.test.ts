// Shows which pages a text names, and when the server is worth asking.
import { expect, test } from 'vitest'

import { findPages, isWorthAsking } from './finds.ts'

const pages = [
  { path: '/office/orders', name: 'All orders' },
  { path: '/office/orders/new', name: 'New order' },
  { path: '/office/stock', name: '库存' },
]
const found = (text: string) => findPages(pages, text).map(({ to }) => to)

test('every word must be in the name, however it is written', () => {
  expect(found('')).toHaveLength(3)
  expect(found('ORDER')).toEqual(['/office/orders', '/office/orders/new'])
  expect(found('order new')).toEqual(['/office/orders/new'])
  expect(found('ｎｅｗ')).toEqual(['/office/orders/new'])
  expect(found('库')).toEqual(['/office/stock'])
  expect(found('库 x')).toEqual([])
})

test('one letter is not worth asking, one character is', () => {
  expect(['', 'a', '1', 'ab', '猫'].map(isWorthAsking)).toEqual([false, false, false, true, true])
})
