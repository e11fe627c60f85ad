// Owns the table of pictures: a name's content never changes, and what somebody is about to name isn't deleted.
import type { Selectable } from 'kysely'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type PictureRow = Selectable<Database['pictures']>

/** Keeps a picture; one that is there already is as young as a new one. */
export async function insertPicture(store: Store, trx: Trx, row: PictureRow): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('pictures')
    .set({ created_at: row.created_at })
    .where('name', '=', row.name)
    .executeTakeFirst()
  if (Number(numUpdatedRows) > 0) return
  await store.dialect.ignoreConflicts(trx.insertInto('pictures').values(row)).execute()
}

export async function findPicture(reader: Reader, name: string): Promise<PictureRow | null> {
  const query = reader.selectFrom('pictures').selectAll().where('name', '=', name)
  return (await query.executeTakeFirst()) ?? null
}

/** The next names in their order, of pictures made before a time. */
export async function listOlder(
  reader: Reader,
  before: number,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await reader
    .selectFrom('pictures')
    .select('name')
    .where('name', '>', after)
    .where('created_at', '<', before)
    .orderBy('name')
    .limit(limit)
    .execute()
  return rows.map((row) => row.name)
}

/** Those of the pictures that are still older, locked: whoever wants to name one waits. */
export async function lockOlder(
  store: Store,
  trx: Trx,
  names: readonly string[],
  before: number,
): Promise<string[]> {
  const query = trx
    .selectFrom('pictures')
    .select('name')
    .where('name', 'in', names)
    .where('created_at', '<', before)
    .orderBy('name')
  return (await store.dialect.forUpdate(query).execute()).map((row) => row.name)
}

/** Until the transaction ends, none of these is deleted. @returns those that are there */
export async function holdNames(
  store: Store,
  trx: Trx,
  names: readonly string[],
): Promise<string[]> {
  const query = trx.selectFrom('pictures').select('name').where('name', 'in', names).orderBy('name')
  return (await store.dialect.forShare(query).execute()).map((row) => row.name)
}

/** @returns those of the names that there are */
export async function knownNames(reader: Reader, names: readonly string[]): Promise<string[]> {
  const query = reader.selectFrom('pictures').select('name').where('name', 'in', names)
  return (await query.execute()).map((row) => row.name)
}

export async function deletePictures(trx: Trx, names: readonly string[]): Promise<void> {
  await trx.deleteFrom('pictures').where('name', 'in', names).execute()
}
