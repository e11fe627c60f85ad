// Shows what other modules read of accounts, and what the doctor finds when a row is damaged.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { breakTable } from '../../../tests/support/broken-table.ts'
import { type TestCore, testCore } from '../../../tests/support/core.ts'
import { type People, testPeople } from '../../../tests/support/people.ts'
import { runCheck } from '../../platform/doctor.ts'
import { createPasswords } from '../../platform/passwords.ts'
import {
  createUsers,
  keepActiveUsers,
  findUserIdByUsername,
  hasOwner,
  isSessionLive,
  listStaffIds,
  namesOf,
  type Users,
} from './index.ts'

let context: TestCore
let users: Users
let people: People

beforeEach(async () => {
  context = await testCore()
  users = createUsers(context.core, { beforeDelete: () => Promise.resolve() })
  people = await testPeople(context.core, users)
})
afterEach(() => context.close())

const cause = () => ({ actor_id: null, request_id: null, now: context.clock.now() })
const owner = { role: 'owner' } as const
const activeAmong = (ids: readonly number[]) => {
  const { store } = context.core
  return store.transaction((trx) => keepActiveUsers(store, trx, ids))
}

describe('[sqlite] what other modules read', () => {
  test('only those who may act are active, staff are those from a role upwards', async () => {
    const { db } = context.core.store
    const { clerk, customer, manager } = people
    await users.changeUser(owner, clerk.user_id, { active: false }, cause())
    const found = await activeAmong([customer.user_id, clerk.user_id, 99, customer.user_id])
    expect([...found.values()]).toEqual([
      { user_id: customer.user_id, username: 'customer', role: 'customer' },
    ])
    expect(await activeAmong([])).toEqual(new Map())
    expect(await listStaffIds(db, 'clerk')).toEqual([people.owner.user_id, manager.user_id])
    expect(await listStaffIds(db, 'owner')).toEqual([people.owner.user_id])
  })

  test('names are found whole, without regard to case and width', async () => {
    const { db } = context.core.store
    const { user_id } = people.customer
    expect(await findUserIdByUsername(db, 'ＣUSTOMER')).toBe(user_id)
    expect(await findUserIdByUsername(db, 'custom')).toBeNull()
    expect(await namesOf(db, [user_id, 99])).toEqual(new Map([[user_id, 'customer']]))
  })

  test('all of it works inside a transaction', async () => {
    const { store } = context.core
    await store.transaction(async (trx) => {
      expect(await hasOwner(trx)).toBe(true)
      expect((await namesOf(trx, [1])).get(1)).toBe('owner')
    })
  })
})

describe('[sqlite] many at once', () => {
  test('ids follow the list, progress is told, and those without a password cannot log in', async () => {
    const progress: string[] = []
    const list = Array.from({ length: 6 }, (_, i) => ({
      username: `u${i}`,
      email: `u${i}@example.com`,
      // Chosen by whoever runs the command line, so even a common one holds.
      password: i % 2 ? `password12${i}` : null,
      role: 'customer' as const,
      created_at: 1000 + i,
    }))
    const ids = await users.createUsersBulk(list, context.clock.now(), (done, total) =>
      progress.push(`${done}/${total}`),
    )
    expect(ids).toEqual([6, 7, 8, 9, 10, 11])
    expect(progress).toEqual(['1/3', '2/3', '3/3'])
    const rows = await context.core.store.db
      .selectFrom('users')
      .select(['username', 'password', 'created_at'])
      .where('user_id', '>=', 6)
      .orderBy('user_id')
      .execute()
    expect(rows.map((row) => [row.username, row.created_at])).toEqual(
      list.map((user) => [user.username, user.created_at]),
    )
    const passwords = createPasswords()
    for (const [i, { password }] of list.entries()) {
      const opens = await passwords.verify(rows[i]!.password, password ?? '')
      expect(opens).toBe(password !== null)
    }
  })

  test('a name in the list that is taken refuses the list', async () => {
    const list = ['fresh', 'Customer'].map((username) => ({
      username,
      email: `${username}@example.org`,
      password: null,
      role: 'customer' as const,
    }))
    await expect(users.createUsersBulk(list, 0)).rejects.toMatchObject({ code: 'USERNAME_TAKEN' })
    expect(await findUserIdByUsername(context.core.store.db, 'fresh')).toBeNull()
  })
})

describe('[sqlite] authenticate', () => {
  test('a session is live as long as a request with it is let in', async () => {
    const { store, clock } = context.core
    const { db } = store
    const { token } = people.clerk
    const { session_id } = (await users.authenticate(token, clock.now()))!
    const live = () => isSessionLive(db, session_id, clock.now())
    const isIn = async () => (await users.authenticate(token, clock.now())) !== null
    expect([await live(), await isIn()]).toEqual([true, true])
    const clerk = db.updateTable('users').where('user_id', '=', people.clerk.user_id)
    await clerk.set({ active: 0 }).execute()
    expect([await live(), await isIn()]).toEqual([false, false])
    await clerk.set({ active: 1 }).execute()
    context.clock.advance(12 * 3_600_000)
    expect([await live(), await isIn()]).toEqual([false, false])
    expect(await isSessionLive(db, 999, 0)).toBe(false)
  })

  test('a store that cannot be written does not put anybody out', async () => {
    const { store } = context.core
    await breakTable(store, 'update', 'sessions')
    context.clock.advance(120_000)
    const caller = await users.authenticate(people.owner.token, context.clock.now())
    expect(caller).toMatchObject({ username: 'owner', role: 'owner' })
  })
})

describe('[sqlite] doctor', () => {
  async function findings(): Promise<string[]> {
    const { store, clock } = context.core
    const results = await Promise.all(
      users.checks.map((check) => runCheck(check, store.db, clock.now())),
    )
    return results.flatMap((result) =>
      result.findings.map((finding) => `${result.check}: ${finding.message}`),
    )
  }

  test('a healthy shop has no findings, also with a disabled account and a changed e-mail', async () => {
    const { other, clerk } = people
    await users.changeUser(owner, clerk.user_id, { active: false }, cause())
    await users.changeUser(owner, other.user_id, { email: 'ＮEW@example.com' }, cause())
    expect(await findings()).toEqual([])
  })

  test('each damaged row is named', async () => {
    const { db } = context.core.store
    const set = (user_id: number, values: object) =>
      db.updateTable('users').set(values).where('user_id', '=', user_id).execute()
    await set(people.customer.user_id, { username_key: 'somebody' })
    await set(people.other.user_id, { active: 0, deleted_at: 1 })
    await set(people.owner.user_id, { active: 0 })
    await db.deleteFrom('sessions').where('user_id', '=', people.owner.user_id).execute()
    expect(await findings()).toEqual([
      'account keys match names: user 4: username_key is "somebody", should be "customer"',
      'account keys match names: user 5 is deleted, but its name is still there',
      'the shop has an active owner: the shop has 3 staff accounts, but no active owner',
      expect.stringMatching(
        /^disabled people hold no session: session \d+ belongs to other \(user 5\)/,
      ),
    ])
  })
})
