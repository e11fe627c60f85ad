// Owns the settings table: one row per setting, JSON in it; what is missing has its default.
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { setupDone } from './errors.ts'
import { DEFAULTS, SETTING_NAMES } from './rules.ts'
import type { Settings } from './schema.ts'

/** A row that only the first setup can make. */
const SETUP_MARK = 'setup_done'

/** The settings as they are stored; for use inside of a transaction. */
export async function readSettings(reader: Reader): Promise<Settings> {
  const rows = await reader
    .selectFrom('settings')
    .select(['name', 'value'])
    .where('name', 'in', SETTING_NAMES)
    .execute()
  const stored = rows.map((row) => [row.name, JSON.parse(row.value) as unknown])
  return { ...DEFAULTS, ...(Object.fromEntries(stored) as Partial<Settings>) }
}

/** The logo's address, if it is one of these. */
export async function namedLogo(reader: Reader, urls: readonly string[]): Promise<string[]> {
  const { logo_url } = await readSettings(reader)
  return logo_url !== null && urls.includes(logo_url) ? [logo_url] : []
}

/** Writes the given settings; the others stay. Of two who write the same one, the last wins. */
export async function writeSettings(
  store: Store,
  trx: Trx,
  change: Partial<Settings>,
  now: number,
): Promise<void> {
  for (const name of SETTING_NAMES) {
    if (change[name] === undefined) continue
    const value = JSON.stringify(change[name])
    await store.dialect
      .ignoreConflicts(trx.insertInto('settings').values({ name, value, updated_at: now }))
      .execute()
    await trx
      .updateTable('settings')
      .set({ value, updated_at: now })
      .where('name', '=', name)
      .execute()
  }
}

/** The second of two setups at the same moment waits for the first, and fails. @throws SETUP_DONE */
export async function markSetupDone(store: Store, trx: Trx, now: number): Promise<void> {
  try {
    await trx
      .insertInto('settings')
      .values({ name: SETUP_MARK, value: 'true', updated_at: now })
      .execute()
  } catch (error) {
    if (store.dialect.classify(error) === 'unique') throw setupDone()
    throw error
  }
}
