// Shows that a prepared query says what the query says: for any values, and never what isn't committed.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareByLength } from '../../src/platform/db/prepared.ts'
import type { Store } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { makeStore, type TestDatabase } from './store-harness.ts'

describeStores('prepared queries', (fresh) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    const made = await makeStore(fresh)
    database = made.database
    store = made.store
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await store.db.deleteFrom('sequences').execute()
    const rows = ['a', '猫', "'; --"].map((name, i) => ({ name, next_value: i + 1 }))
    await store.db.insertInto('sequences').values(rows).execute()
  })

  const finder = () =>
    store.prepare(
      store.db
        .selectFrom('sequences')
        .select(['name', 'next_value'])
        .where('name', '=', '')
        .where('next_value', '>=', 0)
        .compile(),
    )

  test('find the rows of each run’s values, in their order', async () => {
    const find = finder()
    for (const [i, name] of ['a', '猫', "'; --"].entries()) {
      expect(await find(name, 1)).toEqual([{ name, next_value: i + 1 }])
      expect(await find(name, 4)).toEqual([])
    }
    expect(await find('b', 0)).toEqual([])
    const together = await Promise.all(['a', 'b', '猫'].map((name) => find(name, 1)))
    expect(together.map((rows) => rows.length)).toEqual([1, 0, 1])
  })

  test('see what was committed a moment ago', async () => {
    const find = finder()
    await find('a', 0)
    await store.transaction((trx) =>
      trx.updateTable('sequences').set({ next_value: 50 }).where('name', '=', 'a').execute(),
    )
    expect(await find('a', 0)).toEqual([{ name: 'a', next_value: 50 }])
  })

  test('never see what a transaction has not committed', async () => {
    const find = finder()
    await find('a', 0)
    let asked: ReturnType<typeof find> | undefined
    const failed = store.transaction(async (trx) => {
      await trx.updateTable('sequences').set({ next_value: 9 }).where('name', '=', 'a').execute()
      asked = find('a', 0)
      await trx.selectFrom('sequences').selectAll().execute()
      throw new Error('rolled back')
    })
    await expect(failed).rejects.toThrow('rolled back')
    expect(await asked).toEqual([{ name: 'a', next_value: 1 }])
  })

  test('take lists of any length', async () => {
    const find = prepareByLength((length) =>
      store.prepare(
        store.db
          .selectFrom('sequences')
          .select('next_value')
          .where('name', 'in', Array<string>(length).fill(''))
          .orderBy('next_value')
          .compile(),
      ),
    )
    for (const names of [['a'], ['a', '猫'], ['猫'], ["'; --", 'a', '猫'], ['b']]) {
      const rows = await find(...names)
      const there = ['a', '猫', "'; --"].flatMap((name, i) => (names.includes(name) ? i + 1 : []))
      expect(rows.map((row) => row.next_value)).toEqual(there)
    }
  })
})
