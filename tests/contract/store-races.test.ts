// Shows that transactions of several processes come out as if one came after the other.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertNotifications } from '../../src/modules/notifications/store.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { testPeople } from '../support/people.ts'
import { meetingPoint, type Processes, startProcesses } from './processes.ts'

describeStores('transactions at the same moment', (fresh, engine) => {
  let processes: Processes
  let stores: Store[]
  beforeAll(async () => {
    processes = await startProcesses(fresh)
    stores = processes.all.map(({ store }) => store)
  })
  afterAll(() => processes.close())

  const make = (names: readonly string[], next_value: number) =>
    stores[0]!.db
      .insertInto('sequences')
      .values(names.map((name) => ({ name, next_value })))
      .execute()
  const read = async (reader: Pick<Trx, 'selectFrom'>, names: readonly string[]) => {
    const rows = await reader
      .selectFrom('sequences')
      .select('next_value')
      .where('name', 'in', names)
      .orderBy('name')
      .execute()
    return rows.map((row) => row.next_value)
  }
  const increment = (trx: Trx, name: string) =>
    trx
      .updateTable('sequences')
      .set((eb) => ({ next_value: eb('next_value', '+', 1) }))
      .where('name', '=', name)
      .execute()

  test('that wait for each other are both done, one by another try', async () => {
    const names = ['deadlock a', 'deadlock b']
    await make(names, 0)
    const met = meetingPoint(2)
    let runs = 0
    const add = (store: Store, [one = '', two = '']: readonly string[]) => {
      let first = true
      return store.transaction(async (trx) => {
        runs++
        await increment(trx, one)
        // On SQLite the second does not begin before the first has ended.
        if (first && engine !== 'sqlite') await met()
        first = false
        await increment(trx, two)
      })
    }
    await Promise.all([add(stores[0]!, names), add(stores[1]!, names.toReversed())])
    expect(await read(stores[0]!.db, names)).toEqual([2, 2])
    expect(runs).toBe(engine === 'sqlite' ? 2 : 3)
  })

  // Nobody promises this at READ COMMITTED, and nothing in the shop relies on it there.
  if (engine === 'postgres-serializable') {
    test('that each rely on what the other changes are not both done', async () => {
      const names = ['skew a', 'skew b']
      await make(names, 1)
      const met = meetingPoint(2)
      let runs = 0
      const leaveOneThere = (store: Store, name: string) => {
        let first = true
        return store.transaction(async (trx) => {
          runs++
          const values = await read(trx, names)
          if (first) await met()
          first = false
          if (values.includes(0)) return
          await trx
            .updateTable('sequences')
            .set({ next_value: 0 })
            .where('name', '=', name)
            .execute()
        })
      }
      await Promise.all(names.map((name, i) => leaveOneThere(stores[i]!, name)))
      expect((await read(stores[0]!.db, names)).toSorted()).toEqual([0, 1])
      expect(runs).toBe(3)
    })
  }

  test('that lock a row see what the one before them has left there', async () => {
    await make(['locked'], 0)
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => {
        const store = stores[i % stores.length]!
        return store.transaction(async (trx) => {
          const query = trx
            .selectFrom('sequences')
            .select('next_value')
            .where('name', '=', 'locked')
          const { next_value } = await store.dialect.forUpdate(query).executeTakeFirstOrThrow()
          const set = { next_value: next_value + 1 }
          await trx.updateTable('sequences').set(set).where('name', '=', 'locked').execute()
        })
      }),
    )
    expect(await read(stores[0]!.db, ['locked'])).toEqual([30])
  })

  test('number people’s notifications without a gap, and none twice', async () => {
    const [{ app, core }] = processes.all
    const people = await testPeople(core, app.users)
    const users = Object.values(people).map(({ user_id }) => user_id)
    await Promise.all(
      Array.from({ length: 24 }, (_, i) => {
        const store = stores[i % stores.length]!
        const event = { kind: 'x', data: {}, event_id: `${i}`, created_at: 0 }
        const rows = (i % 2 ? users : users.toReversed()).map((user_id) => ({ user_id, ...event }))
        return store.transaction((trx) => insertNotifications(store, trx, rows))
      }),
    )
    for (const user_id of users) {
      const rows = await stores[0]!.db
        .selectFrom('notifications')
        .select('notification_id')
        .where('user_id', '=', user_id)
        .orderBy('notification_id')
        .execute()
      const numbers = rows.map((row) => row.notification_id)
      expect(numbers).toEqual(Array.from({ length: 24 }, (_, i) => i + 1))
    }
  })
})
