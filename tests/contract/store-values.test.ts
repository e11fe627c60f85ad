// Shows that every store gives back what it was given, and compares, counts and changes rows alike.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Store, Trx } from '../../src/platform/db/store.ts'
import { mysqlDialect } from '../../src/platform/db/dialect-mysql.ts'
import { updateEach } from '../../src/platform/db/update-each.ts'
import { describeStores } from '../support/describe-stores.ts'
import { makeStore, names, put, type TestDatabase } from './store-harness.ts'

/** In the order of their UTF-8 bytes, which is the order of their characters' numbers. */
const ordered = [
  '',
  ' ',
  'A',
  'Z',
  'a',
  'a ',
  'aa',
  'b',
  'z',
  'ß',
  'é',
  '猫',
  '砂',
  'ﷺ',
  '🐈',
  '🐕',
]

describeStores('values', (fresh, engine) => {
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
    await store.db.deleteFrom('sequences').execute()
  })

  const count = (trx: Trx, name: string, next_value: number) =>
    trx.insertInto('sequences').values({ name, next_value }).execute()
  const counted = async () => {
    const rows = await store.db.selectFrom('sequences').selectAll().orderBy('name').execute()
    return Object.fromEntries(rows.map((row) => [row.name, row.next_value]))
  }

  describe('that are numbers', () => {
    test('come back exactly, as numbers, up to 2^53', async () => {
      const numbers = { a: 0, b: -1, c: 2 ** 31, d: Number.MAX_SAFE_INTEGER, e: -(2 ** 52) }
      await store.transaction(async (trx) => {
        for (const [name, value] of Object.entries(numbers)) await count(trx, name, value)
      })
      expect(await counted()).toEqual(numbers)
    })

    test('beyond that are refused, never rounded', async () => {
      const beyond = sql`insert into sequences values ('x', 9007199254740993)`
      await beyond.execute(store.db)
      await expect(counted()).rejects.toThrow(/too large|safe integer/)
      expect(await store.db.selectFrom('sequences').select('name').execute()).toHaveLength(1)
    })

    test('counted or added up are numbers too; nothing adds up to null', async () => {
      await store.transaction(async (trx) => {
        await count(trx, 'a', 2 ** 40)
        await count(trx, 'b', 2 ** 40 + 1)
      })
      const ask = () =>
        store.db
          .selectFrom('sequences')
          .select((eb) => [
            eb.fn.countAll().as('rows'),
            eb.fn.sum('next_value').as('sum'),
            eb.fn.max('next_value').as('max'),
          ])
          .executeTakeFirstOrThrow()
      expect({ ...(await ask()) }).toEqual({ rows: 2, sum: 2 ** 41 + 1, max: 2 ** 40 + 1 })
      await store.db.deleteFrom('sequences').execute()
      expect({ ...(await ask()) }).toEqual({ rows: 0, sum: null, max: null })
    })

    test('that the engine counts up are small', async () => {
      const event = {
        event_id: 'e',
        stream: 'orders',
        position: null,
        event_key: '1',
        type: 't',
        version: 1,
        payload: '{}',
        request_id: null,
        occurred_at: 0,
      }
      await store.db.insertInto('outbox').values([event, event]).execute()
      const rows = await store.db.selectFrom('outbox').select('outbox_id').execute()
      for (const { outbox_id } of rows) expect(outbox_id).toBeLessThan(2 ** 32)
    })
  })

  describe('that are texts', () => {
    test('compare byte by byte: in order, as different as they look', async () => {
      await store.transaction(async (trx) => {
        for (const name of ordered.toReversed()) await put(trx, name)
      })
      expect(await names(store)).toEqual(ordered)
      for (const name of ordered) {
        const found = store.db.selectFrom('settings').select('name').where('name', '=', name)
        expect(await found.execute()).toEqual([{ name }])
      }
      const after = store.db.selectFrom('settings').select('name').where('name', '>', 'a ')
      expect(await after.orderBy('name').execute()).toEqual(
        ordered.slice(6).map((name) => ({ name })),
      )
    })

    test('come back whole, however long and whatever is in them', async () => {
      const texts = ['"\'\\`%_;--\n\r\t\b', '\\\\ \\0 \\n ?', '🐈'.repeat(50_000), '猫 $1 :x']
      await store.transaction(async (trx) => {
        for (const [i, text] of texts.entries()) await put(trx, `text ${i}`, text)
      })
      const rows = await store.db.selectFrom('settings').select('value').orderBy('name').execute()
      expect(rows.map(({ value }) => value)).toEqual(texts)
    })

    test('hold every character, or are refused as the caller’s mistake', async () => {
      const stored = store.transaction((trx) => put(trx, 'a', 'x\0y'))
      if (store.dialect.name === 'postgres') {
        await expect(stored).rejects.toMatchObject({ code: 'CHARACTER_NOT_ALLOWED', status: 400 })
        return
      }
      await stored
      const row = await store.db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
      expect(row.value).toBe('x\0y')
    })

    test('are found by a part of them, with every character meant as it is', async () => {
      await store.transaction(async (trx) => {
        for (const name of ['50% off', '50 off', 'a_b', 'axb', 'a!b', 'back\\slash']) {
          await put(trx, name)
        }
      })
      const found = async (part: string) => {
        const pattern = `%${part.replaceAll(/[!%_]/g, '!$&')}%`
        const rows = await store.db
          .selectFrom('settings')
          .select('name')
          .where(sql<boolean>`name like ${pattern} escape '!'`)
          .execute()
        return rows.map(({ name }) => name)
      }
      expect(await found('50%')).toEqual(['50% off'])
      expect(await found('a_b')).toEqual(['a_b'])
      expect(await found('!')).toEqual(['a!b'])
      expect(await found('\\')).toEqual(['back\\slash'])
    })
  })

  describe('of many rows', () => {
    const add = (trx: Trx, rows: [name: string, more: number][], own = store) =>
      updateEach(own, trx, {
        table: 'sequences',
        columns: { id: 'text', more: 'integer' },
        rows,
        set: sql`next_value = sequences.next_value + list.more`,
        where: sql`sequences.name = list.id and sequences.next_value + list.more >= 0`,
      })

    test('change in one statement, each by its own, behind a guard', async () => {
      await store.transaction(async (trx) => {
        for (const [i, name] of ['a', 'b', 'c', '猫'].entries()) await count(trx, name, i)
      })
      const changed = await store.transaction((trx) =>
        add(trx, [
          ['a', 2 ** 40],
          ['b', -2],
          ['猫', -3],
          ['nobody', 1],
        ]),
      )
      expect(changed).toBe(2)
      expect(await counted()).toEqual({ a: 2 ** 40, b: 1, c: 2, 猫: 0 })
      expect(await store.transaction((trx) => add(trx, []))).toBe(0)
    })

    test('change also when they are very many, and count also when they stay as they are', async () => {
      const rows = Array.from({ length: 2000 }, (_, i): [string, number] => [`n${i}`, 0])
      await store.transaction((trx) =>
        trx
          .insertInto('sequences')
          .values(rows.map(([name]) => ({ name, next_value: 1 })))
          .execute(),
      )
      expect(await store.transaction((trx) => add(trx, rows))).toBe(2000)
      const same = store.db.updateTable('sequences').set({ next_value: 1 })
      expect((await same.executeTakeFirstOrThrow()).numUpdatedRows).toBe(2000n)
    })

    // There is none here to be asked; MariaDB understands its SQL.
    if (engine === 'mariadb') {
      test('change on TiDB too, which lacks what MySQL has for it', async () => {
        const dialect = mysqlDialect({ collation: 'utf8mb4_nopad_bin', isTidb: true })
        await store.transaction((trx) => count(trx, 'a', 5))
        const rows: [string, number][] = [
          ['a', 2],
          ['b', 1],
        ]
        const changed = store.transaction((trx) => add(trx, rows, { ...store, dialect }))
        expect([await changed, await counted()]).toEqual([1, { a: 7 }])
      })
    }

    test('take answers word for word', async () => {
      const answer = JSON.stringify({ text: '"\'\\n 🐈 \0 \u0001 \ud800', lines: '\n' })
      await store.transaction(async (trx) => {
        await put(trx, 'a')
        await updateEach(store, trx, {
          table: 'settings',
          columns: { id: 'text', text: 'text' },
          rows: [['a', answer]],
          set: sql`value = list.text`,
          where: sql`settings.name = list.id`,
        })
      })
      const row = await store.db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
      expect(row.value).toBe(answer)
    })
  })

  describe('that exist already', () => {
    const ignoring = (trx: Trx, rows: { name: string; value: string; updated_at: number }[]) =>
      store.dialect.ignoreConflicts(trx.insertInto('settings').values(rows)).execute()

    test('are left as they are, and the others inserted', async () => {
      await store.transaction((trx) => put(trx, 'a', 'first'))
      await store.transaction((trx) =>
        ignoring(trx, [
          { name: 'a', value: 'second', updated_at: 1 },
          { name: 'b', value: 'new', updated_at: 1 },
        ]),
      )
      const rows = await store.db.selectFrom('settings').selectAll().orderBy('name').execute()
      expect(rows).toEqual([
        { name: 'a', value: 'first', updated_at: 0 },
        { name: 'b', value: 'new', updated_at: 1 },
      ])
    })

    test('are the only thing that is ignored', async () => {
      const empty = { name: 'x', value: null as unknown as string, updated_at: 0 }
      await expect(store.transaction((trx) => ignoring(trx, [empty]))).rejects.toThrow()
      const device = { user_id: 99, device_key: 'x', first_seen_at: 0 }
      const orphan = store.transaction((trx) =>
        store.dialect.ignoreConflicts(trx.insertInto('known_devices').values(device)).execute(),
      )
      const reason = await orphan.catch((error: unknown) => store.dialect.classify(error))
      expect(reason).toBe('foreign_key')
      // SQLite's columns have no length.
      if (engine === 'sqlite') return
      const long = { name: 'x'.repeat(61), value: '', updated_at: 0 }
      await expect(store.transaction((trx) => ignoring(trx, [long]))).rejects.toThrow()
    })

    test('are named by the key that they violate, whatever their own values say', async () => {
      const product = (product_id: number, sku: string, barcode: string) => ({
        product_id,
        sku,
        sku_key: sku,
        barcode,
        product_name: '',
        name_en: '',
        search_text: '',
        category: '',
        unit: '',
        price_cents: 0,
        cost_cents: null,
        description: '',
        image_url: null,
        low_stock_threshold: 0,
        active: 1,
        version: 1,
        created_at: 0,
        updated_at: 0,
      })
      const insert = (row: ReturnType<typeof product>) =>
        store.transaction((trx) => trx.insertInto('inventory').values(row).execute())
      await insert(product(1, "for key 'barcode'", 'sku_key'))
      const bySku = await insert(product(2, "for key 'barcode'", 'x')).catch((e: unknown) => e)
      const byBarcode = await insert(product(3, 'x', 'sku_key')).catch((e: unknown) => e)
      const violated = (error: unknown) =>
        ['sku_key', 'barcode'].filter((name) => store.dialect.violates(error, name))
      expect([violated(bySku), violated(byBarcode)]).toEqual([['sku_key'], ['barcode']])
    })
  })
})
