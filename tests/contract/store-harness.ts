// Owns what the suites of the store share: one database, and as many stores on it as a test asks for.
import { migrations } from '../../migrations/index.ts'
import { type Config, readConfig } from '../../src/platform/config.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openStore, type Store, type StoreOptions, type Trx } from '../../src/platform/db/store.ts'
import type { Stack, StoreName } from '../support/stack.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface TestDatabase {
  readonly config: Config
  /** The settings that choose it, for a process of its own. */
  readonly env: Readonly<Record<string, string>>
  /** Another store on the same database, as another process would have it; closed with the database. */
  open(options?: Partial<StoreOptions>): Promise<Store>
  drop(): Promise<void>
}

/** A new, empty database. */
export async function makeDatabase(fresh: () => Promise<Stack>): Promise<TestDatabase> {
  const stack = await fresh()
  const env = { PETSHOP_DATA_DIR: tempDir(), PETSHOP_LOG_LEVEL: 'silent', ...stack.env }
  const config = readConfig(env)
  const stores: Store[] = []
  return {
    config,
    env,
    async open(options = {}) {
      const store = await openStore({ store: config.store, ...options })
      stores.push(store)
      return store
    },
    async drop() {
      await Promise.all(stores.map((store) => store.close()))
      await stack.drop()
    },
  }
}

/** The same with all tables, and one store on it. */
export async function makeStore(
  fresh: () => Promise<Stack>,
): Promise<{ database: TestDatabase; store: Store }> {
  const database = await makeDatabase(fresh)
  const store = await database.open()
  await migrate(store, migrations(store.dialect))
  return { database, store }
}

export const put = (trx: Trx, name: string, value = '1') =>
  trx.insertInto('settings').values({ name, value, updated_at: 0 }).execute()

export const names = async (store: Store) =>
  (await store.db.selectFrom('settings').select('name').orderBy('name').execute()).map(
    ({ name }) => name,
  )

/** As the engine says that the same may succeed in a moment: busy, or a deadlock. */
export function transientFailure(store: StoreName): Error {
  return Object.assign(new Error('come again'), codes[store])
}

const codes = {
  sqlite: { errcode: 5 },
  mariadb: { errno: 1213 },
  postgres: { code: '40P01' },
  'postgres-serializable': { code: '40001' },
} as const satisfies Record<StoreName, object>
