// Shows that a group which is new takes in the past once, in the transaction that makes it, or not at all.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Consumer } from '../../src/platform/events/consumer.ts'
import { registerGroups } from '../../src/platform/events/progress.ts'
import { describeStores } from '../support/describe-stores.ts'
import { makeStore, names, put, type TestDatabase } from './store-harness.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'

describeStores('a group that is new', (fresh) => {
  let database: TestDatabase
  let stores: Store[]
  beforeAll(async () => {
    const { database: made, store } = await makeStore(fresh)
    database = made
    stores = [store, await database.open(), await database.open()]
  })
  afterAll(() => database.drop())

  let group = ''
  let groups = 0
  beforeEach(() => {
    group = `group-${++groups}`
  })

  const consumer = (begin: (trx: Trx) => Promise<void>): Consumer => ({
    name: group,
    stream: 'orders',
    types: [],
    handle: () => Promise.resolve(),
    begin,
  })
  const own = async () => (await names(stores[0]!)).filter((name) => name.startsWith(`${group} `))
  const isMade = async () => {
    const query = stores[0]!.db.selectFrom('consumer_groups').select('position')
    return (await query.where('group_name', '=', group).execute()).length === 1
  }
  /** Each time it would leave another row. */
  const note = () => {
    let calls = 0
    return (trx: Trx) => put(trx, `${group} ${++calls}`)
  }

  test('begins once, however often it is registered', async () => {
    const noted = consumer(async (trx) => void (await note()(trx)))
    for (let i = 0; i < 3; i++) await registerGroups(stores[0]!, [noted])
    expect(await own()).toEqual([`${group} 1`])
  })

  test('begins once when several processes register it at the same moment', async () => {
    let ran = 0
    const slow = consumer(async (trx) => {
      await put(trx, `${group} ${++ran}`)
      // Longer than anybody waits for a lock in one go.
      await new Promise((resolve) => setTimeout(resolve, 1600))
    })
    await Promise.all(stores.map((store) => registerGroups(store, [slow])))
    expect(await own()).toEqual([`${group} 1`])
    expect(ran).toBe(1)
  })

  test('is not made when its beginning fails, and begins anew the next time', async () => {
    const broken = consumer(async (trx) => {
      await put(trx, `${group} half`)
      throw new Error('no')
    })
    await expect(registerGroups(stores[0]!, [broken])).rejects.toThrow('no')
    expect([await isMade(), await own()]).toEqual([false, []])
    await registerGroups(stores[0]!, [consumer(async (trx) => void (await note()(trx)))])
    expect([await isMade(), await own()]).toEqual([true, [`${group} 1`]])
  })

  test('does not hide that something of its beginning was there already', async () => {
    await stores[0]!.transaction((trx) => put(trx, `${group} 1`))
    const twice = consumer(async (trx) => void (await note()(trx)))
    await expect(registerGroups(stores[0]!, [twice])).rejects.toThrow()
    expect(await isMade()).toBe(false)
  })
})
