// Shows that every store gets the same tables, step by step, whoever breaks off or does it at the same time.
import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { gramsOf } from '../../src/lib/grams.ts'
import { StartupError } from '../../src/lib/startup-error.ts'
import { isUpToDate, migrate, migrateOrRunBeside } from '../../src/platform/db/migrate.ts'
import type { Store } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { petshop } from '../support/server.ts'
import type { StoreName } from '../support/stack.ts'
import { makeDatabase, type TestDatabase } from './store-harness.ts'

type Steps = Record<string, Migration>

/** Column → what it points to. */
const REFERENCES = [
  'addresses.user_id → users.user_id',
  'known_devices.user_id → users.user_id',
  'notification_preferences.user_id → users.user_id',
  'notifications.user_id → users.user_id',
  'order_items.order_id → orders.order_id',
  'order_items.product_id → inventory.product_id',
  'orders.user_id → users.user_id',
  'password_resets.user_id → users.user_id',
  'recovery_codes.user_id → users.user_id',
  'saved_views.user_id → users.user_id',
  'second_factors.user_id → users.user_id',
  'sessions.user_id → users.user_id',
  'stock.product_id → inventory.product_id',
  'stock_movements.product_id → inventory.product_id',
]

describeStores('migrations', (fresh, engine) => {
  describe('of an empty database', () => {
    let database: TestDatabase
    let store: Store
    beforeAll(async () => {
      database = await makeDatabase(fresh)
      store = await database.open()
    })
    afterAll(() => database.drop())

    test('bring it up to date, once', async () => {
      const steps = migrations(store.dialect)
      expect(await isUpToDate(store, steps)).toBe(false)
      expect(await migrate(store, steps)).toEqual(Object.keys(steps))
      expect(await isUpToDate(store, steps)).toBe(true)
      expect(await migrate(store, steps)).toEqual([])
    })

    test('make texts that compare byte by byte, in every column', async () => {
      expect(await columnsThatCompareOtherwise(store, engine)).toEqual([])
    })

    test('make the references that keep rows from pointing to nothing', async () => {
      expect(await references(store, engine)).toEqual(REFERENCES)
    })

    test('refuse a newer one, and leave its tables as they are', async () => {
      const steps = migrations(store.dialect)
      await migrate(store, { ...steps, '9999_from_the_future': { up: async () => undefined } })
      const refused = migrate(store, steps)
      await expect(refused).rejects.toThrow(StartupError)
      await expect(refused).rejects.toMatchObject({
        exitCode: 65,
        message: expect.stringMatching(/newer version of petshop .*9999_from_the_future.*\.$/),
      })
    })

    test('run on a newer one that was only added to, and on no other', async () => {
      const steps = migrations(store.dialect)
      expect(await migrateOrRunBeside(store, steps)).toBe('9999_from_the_future')
      const lacking = { ...steps, '0000_of_another_branch': { up: async () => undefined } }
      await expect(migrateOrRunBeside(store, lacking)).rejects.toThrow(/newer version/)
      const contract = { up: async () => undefined }
      const all = { ...steps, '9999_from_the_future': contract, '9999_x_contract': contract }
      await migrate(store, all)
      await expect(migrateOrRunBeside(store, steps)).rejects.toThrow(/9999_x_contract/)
    })
  })

  test('that break off anywhere go on from there', async () => {
    const database = await makeDatabase(fresh)
    const store = await database.open()
    const steps = migrations(store.dialect)
    let breaks = 0
    for (let statements = 1; ; statements += 3) {
      try {
        await migrate(store, breakingAfter(steps, statements))
        break
      } catch (error) {
        expect((error as Error).message).toBe('the plug was pulled')
        breaks++
      }
    }
    expect(breaks).toBeGreaterThan(5)
    expect(await isUpToDate(store, steps)).toBe(true)
    expect(await references(store, engine)).toEqual(REFERENCES)
    await database.drop()
  })

  test('take the stock of an older shop along, wherever they break off', async () => {
    const database = await makeDatabase(fresh)
    const store = await database.open()
    const steps = migrations(store.dialect)
    await migrate(store, until('0009_catalogue', steps))
    const stock = [1, 2, 3].map((id) => oldProduct(id))
    for (const product of stock) await insertOldProduct(store, product)
    let breaks = 0
    for (; ; breaks++) {
      try {
        await migrate(store, breakingAfter(steps, breaks))
        break
      } catch (error) {
        expect((error as Error).message).toBe('the plug was pulled')
      }
    }
    expect(breaks).toBeGreaterThan(8)
    const moved = store.db.selectFrom('stock').selectAll().orderBy('product_id')
    expect(await moved.execute()).toEqual(stock)
    const [row] = await store.db.selectFrom('inventory').selectAll().limit(1).execute()
    expect(Object.keys(row!)).toHaveLength(19)
    const texts = store.db.selectFrom('inventory').select('search_text').orderBy('product_id')
    const spelled = [1, 2, 3].map((id) => `P-${id} maoliang ml`)
    expect((await texts.execute()).map((product) => product.search_text)).toEqual(spelled)
    const pieces = store.db.selectFrom('product_grams').select('product_id').orderBy('product_id')
    expect((await pieces.execute()).map((piece) => piece.product_id)).toEqual(
      spelled.flatMap((text, i) => Array.from(gramsOf(text), () => i + 1)),
    )
    await database.drop()
  })

  test('by two processes at once are done by one, and the other waits', async () => {
    const database = await makeDatabase(fresh)
    const both = await Promise.all([
      petshop(['migrate'], database.env),
      petshop(['migrate'], database.env),
    ])
    expect(both).toEqual(
      [1, 2].map(() => ({ code: 0, stdout: 'The database is up to date.\n', stderr: '' })),
    )
    const store = await database.open()
    expect(await isUpToDate(store, migrations(store.dialect))).toBe(true)
    await database.drop()
  })

  // SQLite's lock is the transaction around all steps.
  if (engine === 'sqlite') return

  test('share one lock, however many make it at the same moment', async () => {
    const database = await makeDatabase(fresh)
    const stores = await Promise.all(Array.from({ length: 6 }, () => database.open()))
    for (let round = 0; round < 10; round++) {
      await sql`drop table if exists kysely_migration_lock`.execute(stores[0]!.db)
      let inside = 0
      await Promise.all(
        stores.map((store) =>
          store.migrating(async () => {
            expect(++inside).toBe(1)
            await new Promise(setImmediate)
            inside--
          }),
        ),
      )
    }
    await database.drop()
  })

  test('wait for whoever is at it, however long it takes', async () => {
    const database = await makeDatabase(fresh)
    const [one, two] = [await database.open(), await database.open()]
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const holding = one.migrating(() => {
      begun.resolve()
      return gate.promise
    })
    await begun.promise
    let done = false
    const waiting = migrate(two, migrations(two.dialect)).then(() => {
      done = true
    })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(done).toBe(false)
    gate.resolve()
    await Promise.all([holding, waiting])
    await database.drop()
  })
})

/** The steps up to this one, as an older version had them. */
function until(last: string, steps: Steps): Steps {
  return Object.fromEntries(Object.entries(steps).filter(([name]) => name <= last))
}

function oldProduct(product_id: number) {
  const stock_status = 'low_stock'
  return { product_id, on_hand: 2 ** 40, reserved: product_id, stock_status, alerted_status: '' }
}

/** As it was before its stock had a table of its own. */
async function insertOldProduct(
  store: Store,
  { product_id, ...stock }: ReturnType<typeof oldProduct>,
): Promise<void> {
  const sku = `P-${product_id}`
  await sql`insert into inventory (product_id, sku, sku_key, product_name, name_en, search_text, category, unit,
      price_cents, description, low_stock_threshold, active, on_hand, reserved, stock_status, alerted_status,
      version, created_at, updated_at)
    values (${product_id}, ${sku}, ${sku}, '猫粮', '', ${sku}, '', '', 1, '', 0, 1, ${stock.on_hand}, ${stock.reserved},
      ${stock.stock_status}, ${stock.alerted_status}, 1, 0, 0)`.execute(store.db)
}

/** As if the process ended after so many statements of the step that is under way. */
function breakingAfter(steps: Steps, statements: number): Steps {
  let left = statements
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (left-- <= 0) throw new Error('the plug was pulled')
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  return Object.fromEntries(
    Object.entries(steps).map(([name, step]): [string, Migration] => [
      name,
      { up: (db) => step.up(db.withPlugin(plugin)) },
    ]),
  )
}

async function columnsThatCompareOtherwise(store: Store, engine: StoreName): Promise<string[]> {
  switch (engine) {
    case 'sqlite': {
      const { rows } = await sql<{ name: string }>`
        select name from sqlite_schema where sql like '%collate%'`.execute(store.db)
      return rows.map(({ name }) => name)
    }
    case 'mariadb': {
      const { rows } = await sql<{ name: string }>`
        select concat(table_name, '.', column_name) as name from information_schema.columns
        where table_schema = database() and table_name not like 'kysely%'
          and collation_name <> 'utf8mb4_nopad_bin'`.execute(store.db)
      return rows.map(({ name }) => name)
    }
    default: {
      const { rows } = await sql<{ name: string }>`
        select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and table_name not like 'kysely%'
          and data_type in ('text', 'character varying', 'character')
          and collation_name is distinct from 'C'`.execute(store.db)
      return rows.map(({ name }) => name)
    }
  }
}

interface Reference {
  readonly child: string
  readonly key: string
  readonly parent: string
  readonly parent_key: string
}

async function references(store: Store, engine: StoreName): Promise<string[]> {
  const query = {
    sqlite: sql<Reference>`
      select m.name as child, f."from" as key, f."table" as parent, f."to" as parent_key
      from sqlite_schema as m, pragma_foreign_key_list(m.name) as f where m.type = 'table'`,
    mariadb: sql<Reference>`
      select table_name as child, column_name as \`key\`, referenced_table_name as parent,
        referenced_column_name as parent_key
      from information_schema.key_column_usage
      where table_schema = database() and referenced_table_name is not null`,
    postgres: sql<Reference>`
      select conrelid::regclass::text as child, a.attname as key, confrelid::regclass::text as parent,
        b.attname as parent_key
      from pg_constraint
      join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
      join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1]
      where contype = 'f'`,
  }[engine === 'postgres-serializable' ? 'postgres' : engine]
  const { rows } = await query.execute(store.db)
  return rows
    .map(({ child, key, parent, parent_key }) => `${child}.${key} → ${parent}.${parent_key}`)
    .toSorted()
}
