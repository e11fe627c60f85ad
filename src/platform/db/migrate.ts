// Owns bringing a database to this version's tables: numbered steps, each once, never back.
import { type Migration, Migrator } from 'kysely/migration'
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import type { Store } from './store.ts'

/** @returns the names of the steps that were done now. @throws StartupError on a newer database */
export async function migrate(
  store: Store,
  migrations: Readonly<Record<string, Migration>>,
): Promise<string[]> {
  await refuseNewer(store, migrations)
  const results = await store.migrating(async (db) => {
    const provider = { getMigrations: () => Promise.resolve({ ...migrations }) }
    const outcome = await new Migrator({ db, provider }).migrateToLatest()
    if (outcome.error) throw outcome.error
    return outcome.results
  })
  return (results ?? [])
    .filter((step) => step.status === 'Success')
    .map((step) => step.migrationName)
}

/** Says whether every step of this version has been done. */
export async function isUpToDate(
  store: Store,
  migrations: Readonly<Record<string, Migration>>,
): Promise<boolean> {
  const done = await doneSteps(store)
  return Object.keys(migrations).every((name) => done.includes(name))
}

/** Says whether no step was ever done: the database is new. */
export async function isUnused(store: Store): Promise<boolean> {
  return (await doneSteps(store)).length === 0
}

async function refuseNewer(
  store: Store,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const unknown = (await doneSteps(store)).filter((name) => !(name in migrations))
  if (unknown.length === 0) return
  throw new StartupError(
    `This database was made by a newer version of petshop (it has the step ${unknown.at(-1)}). Start that version; nothing was changed.`,
    EXIT.data,
  )
}

async function doneSteps(store: Store): Promise<string[]> {
  const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const rows = await store.db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}
