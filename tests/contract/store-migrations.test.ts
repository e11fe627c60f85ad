// Shows that every store gets the same tables, step by step, whoever breaks off or does it at the same time.
import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { StartupError } from '../../src/lib/startup-error.ts'
import { isUpToDate, migrate } from '../../src/platform/db/migrate.ts'
import type { Store } from '../../src/platform/db/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { petshop } from '../support/server.ts'
import type { StoreName } from '../support/stack.ts'
import { makeDatabase, type TestDatabase } from './store-harness.ts'

type Steps = Record<string, Migration>

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
      expect(await references(store, engine)).toEqual([
        'known_devices.user_id → users.user_id',
        'notifications.user_id → users.user_id',
        'order_items.order_id → orders.order_id',
        'order_items.product_id → inventory.product_id',
        'orders.user_id → users.user_id',
        'sessions.user_id → users.user_id',
        'stock_movements.product_id → inventory.product_id',
      ])
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
    expect(await references(store, engine)).toHaveLength(7)
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
