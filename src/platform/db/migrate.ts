// Owns bringing a database to this version's tables: numbered steps, each once, never back.
import { type Migration, type MigrationResult, Migrator } from 'kysely/migration'
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
    const migrator = new Migrator({ db, provider })
    const done: MigrationResult[] = []
    // In one transaction, as PostgreSQL has its steps, the tables of the first would be held until the last is done.
    const oneByOne = store.dialect.name === 'postgres'
    for (;;) {
      const outcome = await (oneByOne ? migrator.migrateUp() : migrator.migrateToLatest())
      if (outcome.error) throw outcome.error
      const { results: now = [] } = outcome
      done.push(...now)
      if (!oneByOne || now.length === 0) return done
    }
  })
  return results.filter((step) => step.status === 'Success').map((step) => step.migrationName)
}

/** A step with such a name takes away what the version before still uses; all others only add. */
const TAKES_AWAY = /_contract$/

/**
 * For a shop that is to run. A newer version's database will do as long as its steps have only added to it: after an
 * upgrade the version before can be started again.
 * @returns the newest step that this version doesn't know, or null
 * @throws StartupError on a newer database that this version can't use
 */
export async function migrateOrRunBeside(
  store: Store,
  migrations: Readonly<Record<string, Migration>>,
): Promise<string | null> {
  const done = await doneSteps(store)
  const newer = done.filter((name) => !(name in migrations))
  const last = newer.at(-1)
  const lacksNone = Object.keys(migrations).every((name) => done.includes(name))
  if (last !== undefined && lacksNone && !newer.some((name) => TAKES_AWAY.test(name))) return last
  await migrate(store, migrations)
  return null
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
