// Shows when an owner is told to make a backup.
import { expect, test } from 'vitest'

import type { Backup } from '../../../../src/modules/system/backup-schema.ts'
import { reminderOf } from './age.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

function backup(created_at: string, state: Backup['state'] = 'ready'): Backup {
  return { name: '', bytes: 1, created_at, state, problem: null, restore_command: '' }
}

test('who never made one that worked is told', () => {
  expect(reminderOf([], now)).toBe('never')
  expect(reminderOf([backup('2026-11-23T11:00:00Z', 'failed')], now)).toBe('never')
})

test('a week is long enough ago, six days are not', () => {
  expect(reminderOf([backup('2026-11-16T12:00:00Z')], now)).toBe(7)
  expect(reminderOf([backup('2026-11-16T12:00:01Z')], now)).toBeNull()
})

test('the newest counts, and one that is being made is enough', () => {
  const old = backup('2026-01-01T00:00:00Z')
  expect(reminderOf([old, backup('2026-11-22T00:00:00Z')], now)).toBeNull()
  expect(reminderOf([backup('2026-11-23T11:59:59Z', 'running'), old], now)).toBeNull()
})
