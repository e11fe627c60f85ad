// Shows what every store promises: transactions whole or not at all, ids once, and a snapshot that stands still.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { insertAll } from '../../src/platform/db/insert.ts'
import { createSequence } from '../../src/platform/db/sequences.ts'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { makeStore, names, put, type TestDatabase, transientFailure } from './store-harness.ts'

describeStores('a store', (fresh, engine) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    const made = await makeStore(fresh)
    database = made.database
    store = made.store
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await store.db.deleteFrom('settings').execute()
  })

  describe('whose transactions', () => {
    test('commit wholly, and say so once', async () => {
      let commits = 0
      const off = store.onCommit(() => commits++)
      const result = await store.transaction(async (trx) => {
        await put(trx, 'a')
        await put(trx, 'b')
        return 'done'
      })
      expect([result, commits, await names(store)]).toEqual(['done', 1, ['a', 'b']])
      off()
      await store.transaction((trx) => put(trx, 'c'))
      expect(commits).toBe(1)
    })

    test('roll back wholly, and keep silent', async () => {
      let commits = 0
      const off = store.onCommit(() => commits++)
      const failed = store.transaction(async (trx) => {
        await put(trx, 'a')
        await put(trx, 'a')
      })
      const reason = await failed.catch((error: unknown) => store.dialect.classify(error))
      expect([reason, commits, await names(store)]).toEqual(['unique', 0, []])
      off()
      await store.transaction((trx) => put(trx, 'b'))
      expect(await names(store)).toEqual(['b'])
    })

    test('may be many at once, more than there are connections', async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          store.transaction(async (trx) => {
            await put(trx, `name ${i}`)
            await new Promise((resolve) => setImmediate(resolve))
          }),
        ),
      )
      expect(await names(store)).toHaveLength(40)
    })

    test('are tried again when the engine asks for it, and leave nothing of the first try', async () => {
      let tries = 0
      await store.transaction(async (trx) => {
        await put(trx, `try ${++tries}`)
        if (tries < 3) throw transientFailure(engine)
      })
      expect(await names(store)).toEqual(['try 3'])
    })

    test('are tried again for a while, then given up; for any other failure at once', async () => {
      let tries = 0
      const busy = store.transaction(
        async () => {
          tries++
          throw transientFailure(engine)
        },
        { patienceMs: 500 },
      )
      await expect(busy).rejects.toThrow('come again')
      expect(tries).toBeGreaterThan(3)
      tries = 0
      const wrong = store.transaction(async () => {
        tries++
        throw new Error('my mistake')
      })
      await expect(wrong).rejects.toThrow('my mistake')
      expect(tries).toBe(1)
    })

    test('classify what the engine complains about, and name the key', async () => {
      const complaint = (work: (trx: Trx) => Promise<unknown>) =>
        store.transaction(work).then(
          () => 'none',
          (error: unknown) => store.dialect.classify(error),
        )
      const session = {
        token_hash: 'x',
        user_id: 99,
        user_agent: '',
        address: '',
        created_at: 0,
        last_seen_at: 0,
        expires_at: 0,
      }
      await store.transaction((trx) => put(trx, 'a'))
      expect(await complaint((trx) => put(trx, 'a'))).toBe('unique')
      expect(await complaint((trx) => trx.insertInto('sessions').values(session).execute())).toBe(
        'foreign_key',
      )
      expect(await complaint((trx) => sql`select nonsense`.execute(trx))).toBe('other')
      expect(store.dialect.classify(new Error('no code'))).toBe('other')
    })

    test.each<[what: string, value: unknown]>([
      ['a Date', new Date(0)],
      ['undefined', undefined],
      ['an object', { a: 1 }],
      ['a list', [1]],
    ])('refuse %s as a value: it is a mistake of ours', async (_what, value) => {
      const query = sql`insert into settings values ('a', ${value as string}, 0)`
      await expect(query.execute(store.db)).rejects.toThrow(/not a SQL value/)
      expect(await names(store)).toEqual([])
    })

    test('insert more rows than one statement holds, in their order', async () => {
      const rows = Array.from({ length: 9000 }, (_, i) => ({
        event_id: `id ${i}`,
        stream: 'orders',
        position: null,
        event_key: String(i),
        type: 't',
        version: 1,
        payload: '{}',
        request_id: null,
        occurred_at: 0,
      }))
      await store.transaction((trx) => insertAll(store, trx, 'outbox', rows))
      await store.transaction((trx) => insertAll(store, trx, 'outbox', []))
      const stored = await store.db
        .selectFrom('outbox')
        .select('event_id')
        .orderBy('outbox_id')
        .execute()
      expect(stored).toEqual(rows.map(({ event_id }) => ({ event_id })))
    })
  })

  describe('whose sequences', () => {
    test('begin at 1, each name for itself', async () => {
      expect(await createSequence(store, 'one', 10).take(2)).toEqual([1, 2])
      expect(await createSequence(store, 'another', 1).take(2)).toEqual([1, 2])
    })

    test('give each id once, rising, to all who take at once and after a restart', async () => {
      const stores = [store, await database.open(), await database.open(), await database.open()]
      const sequences = stores.map((one) => createSequence(one, 'shared', 10))
      const wanted = [1, 3, 12, 7, 25, 2, 1, 9]
      const taken = await Promise.all(
        sequences.map((sequence) => Promise.all(wanted.map((count) => sequence.take(count)))),
      )
      for (const own of taken) {
        const mine = own.flat()
        expect(mine).toEqual(mine.toSorted((a, b) => a - b))
      }
      const later = await createSequence(store, 'shared', 10).take(5)
      const all = [...taken.flat(2), ...later]
      expect(new Set(all).size).toBe(all.length)
      expect(Math.min(...later)).toBeGreaterThan(Math.max(...taken.flat(2)))
    })

    test('take back what nobody has used since', async () => {
      const [one, two] = [createSequence(store, 'back', 10), createSequence(store, 'back', 10)]
      expect(await one.take(3)).toEqual([1, 2, 3])
      await one.giveBack()
      expect(await two.take(1)).toEqual([4])
      await one.take(1)
      await two.giveBack()
      expect(await createSequence(store, 'back', 10).take(1)).toEqual([24])
    })
  })

  test('read as a snapshot sees one moment while others write, and changes nothing', async () => {
    await store.transaction((trx) => put(trx, 'a'))
    const reader = await database.open({ readOnly: true })
    await reader.snapshot(async (trx) => {
      const before = await trx.selectFrom('settings').select('name').execute()
      await store.transaction((writer) => put(writer, 'b'))
      expect(await trx.selectFrom('settings').select('name').execute()).toEqual(before)
    })
    expect(await names(reader)).toEqual(['a', 'b'])
    const write = reader.db.insertInto('settings').values({ name: 'c', value: '', updated_at: 0 })
    await expect(write.execute()).rejects.toThrow(/read.?only/i)
    expect(await names(store)).toEqual(['a', 'b'])
  })

  test('tells how large it is, and empties what it has to', async () => {
    await store.ping()
    const { bytes, wal_bytes } = await store.size()
    expect(bytes + wal_bytes).toBeGreaterThan(10_000)
    await store.checkpoint()
    expect((await store.size()).wal_bytes).toBe(0)
  })
})
