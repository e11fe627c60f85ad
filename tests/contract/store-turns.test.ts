// Tests for two connections of one process that write the same SQLite file in turns, as its two threads do.
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'
import { newTurns } from '../../src/platform/db/turns.ts'
import { tempDir } from '../support/temp-dir.ts'

let stores: Store[]

beforeEach(async () => {
  const { store } = readConfig({ PETSHOP_DATA_DIR: tempDir() })
  const turns = newTurns()
  stores = await Promise.all([1, 2].map(() => openStore({ store, turns })))
  await migrate(stores[0]!, migrations(stores[0]!.dialect))
})

afterEach(() => Promise.all(stores.map((store) => store.close())))

function note(store: Store, name: string, meanwhile?: () => Promise<unknown>): Promise<void> {
  return store.transaction(async (trx) => {
    await trx.insertInto('settings').values({ name, value: '1', updated_at: 1 }).execute()
    await meanwhile?.()
  })
}

async function names(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('settings').select('name').orderBy('name').execute()
  return rows.map((row) => row.name).filter((name) => name.startsWith('turn'))
}

describe('transactions of two connections', () => {
  test('come one after another, in the order in which they asked', async () => {
    const [one, two] = stores as [Store, Store]
    const order: string[] = []
    const slow = note(one, 'turn 1', async () => {
      await pause(60)
      order.push('slow')
    })
    const others = [
      note(two, 'turn 2').then(() => order.push('second')),
      note(one, 'turn 3').then(() => order.push('third')),
      note(two, 'turn 4').then(() => order.push('fourth')),
    ]
    await Promise.all([slow, ...others])
    expect(order).toEqual(['slow', 'second', 'third', 'fourth'])
    expect(await names(two)).toEqual(['turn 1', 'turn 2', 'turn 3', 'turn 4'])
  })

  test('leave the event loop and all reading free while they wait', async () => {
    const [one, two] = stores as [Store, Store]
    let waiting = true
    const slow = note(one, 'turn 1', () => pause(100))
    const next = note(two, 'turn 2').then(() => (waiting = false))
    let beats = 0
    while (waiting) {
      expect(await names(two)).not.toContain('turn 2')
      await pause(5)
      if (waiting) beats++
    }
    await Promise.all([slow, next])
    expect(beats).toBeGreaterThan(0)
  })

  test('give their turn back when they fail', async () => {
    const [one, two] = stores as [Store, Store]
    const failing = note(one, 'turn 1', () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await note(two, 'turn 2')
    expect(await names(one)).toEqual(['turn 2'])
  })

  test('are the only way to write: by itself nothing takes its turn', async () => {
    const [one] = stores as [Store]
    const row = { name: 'turn', value: '1', updated_at: 1 }
    const write = one.db.insertInto('settings').values(row).execute()
    await expect(write).rejects.toThrow('outside of a transaction')
    expect(await names(one)).toEqual([])
  })

  test('and a checkpoint waits for its turn as well', async () => {
    const [one, two] = stores as [Store, Store]
    const slow = note(one, 'turn 1', () => pause(40))
    await Promise.all([slow, two.checkpoint()])
    expect((await two.size()).wal_bytes).toBe(0)
  })
})
