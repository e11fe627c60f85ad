// Shows that a restored shop never meets the log of the one before, and that the one before keeps it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putInPlace } from './swap.ts'

const NOW = Date.UTC(2026, 10, 23, 4, 30)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'petshop-swap-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const contents = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(at(name), 'utf8')]))

test('a log that could not be written back stays with its file', () => {
  writeFileSync(at('shop.db'), 'old')
  writeFileSync(at('shop.db-wal'), 'old log')
  writeFileSync(at('shop.db-shm'), 'old index')
  writeFileSync(at('new'), 'restored')
  const kept = putInPlace(at('new'), at('shop.db'), NOW)
  expect(kept).toBe(at('shop.db.before-restore-20261123T043000Z'))
  expect(contents()).toEqual({
    'shop.db': 'restored',
    'shop.db.before-restore-20261123T043000Z': 'old',
    'shop.db.before-restore-20261123T043000Z-wal': 'old log',
  })
})

test('a log without its shop does not reach the restored one', () => {
  writeFileSync(at('shop.db-wal'), 'old log')
  writeFileSync(at('new'), 'restored')
  expect(putInPlace(at('new'), at('shop.db'), NOW)).toBe(null)
  expect(contents()).toEqual({ 'shop.db': 'restored' })
})

test('what was kept before is not overwritten, even within the same second', () => {
  for (const text of ['first', 'second', 'third']) writeFileSync(at(text), text)
  writeFileSync(at('shop.db'), 'old')
  for (const text of ['first', 'second', 'third']) putInPlace(at(text), at('shop.db'), NOW)
  expect(contents()).toEqual({
    'shop.db': 'third',
    'shop.db.before-restore-20261123T043000Z': 'old',
    'shop.db.before-restore-20261123T043000Z-2': 'first',
    'shop.db.before-restore-20261123T043000Z-3': 'second',
  })
})
