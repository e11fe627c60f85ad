// Shows what database URLs mean, and that their passwords are not shown.
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseStoreAddress, showAddress, withoutPassword } from './address.ts'

test.each([
  ['sqlite:shop.db', resolve('shop.db')],
  ['sqlite:/srv/shop.db', '/srv/shop.db'],
  ['sqlite:///srv/shop.db', '/srv/shop.db'],
  ['sqlite://data/shop.db', resolve('data/shop.db')],
])('%s is the file %s', (text, path) => {
  expect(parseStoreAddress(text)).toEqual({ engine: 'sqlite', path })
})

test.each([
  ['mysql://u:p@h/shop', 'mysql', 'mysql://u:p@h/shop'],
  ['mariadb://u:p@h:3307/shop', 'mysql', 'mysql://u:p@h:3307/shop'],
  ['postgres://u@h/shop?sslmode=require', 'postgres', 'postgres://u@h/shop?sslmode=require'],
  ['postgresql://h/shop', 'postgres', 'postgres://h/shop'],
])('%s is a database on %s', (text, engine, url) => {
  expect(parseStoreAddress(text)).toEqual({ engine, url })
})

test.each([
  'sqlite:',
  'petshop.db',
  'redis://h/1',
  'mysql://h',
  'mysql://h/',
  'postgres://h/a/b',
  '',
])('%s is refused in words', (text) => {
  expect(parseStoreAddress(text)).toEqual(expect.any(String))
})

test('passwords are not shown', () => {
  const shown = (text: string) => {
    const address = parseStoreAddress(text)
    return typeof address === 'string' ? address : showAddress(address)
  }
  expect(shown('mysql://shop:hush@h/shop')).toBe('mysql://shop:***@h/shop')
  expect(shown('postgres://h/shop?password=hush&sslkey=hush')).not.toContain('hush')
  expect(withoutPassword('redis://:hush@h:6379/1')).toBe('redis://:***@h:6379/1')
  expect(withoutPassword('hush')).toBe('***')
})
