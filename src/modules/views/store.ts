// Owns the table of saved views. Whose a view is stands in the WHERE: nobody reaches another's.
import type { Selectable } from 'kysely'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { SavedView, ViewPage } from './schema.ts'

type ViewRow = Selectable<Database['saved_views']>

/** By page and name. */
export async function listViews(
  reader: Reader,
  user_id: number,
  page?: ViewPage,
): Promise<SavedView[]> {
  let select = reader.selectFrom('saved_views').selectAll().where('user_id', '=', user_id)
  if (page !== undefined) select = select.where('page', '=', page)
  const rows = await select.orderBy('page').orderBy('name').execute()
  return rows.map(present)
}

export async function findView(
  reader: Reader,
  user_id: number,
  view_id: number,
): Promise<SavedView | null> {
  const row = await selectView(reader, user_id, view_id).executeTakeFirst()
  return row ? present(row) : null
}

/** Locked until the transaction ends. */
export async function lockView(
  store: Store,
  trx: Trx,
  user_id: number,
  view_id: number,
): Promise<SavedView | null> {
  const query = store.dialect.forUpdate(selectView(trx, user_id, view_id))
  const row = await query.executeTakeFirst()
  return row ? present(row) : null
}

function selectView(reader: Reader, user_id: number, view_id: number) {
  return reader
    .selectFrom('saved_views')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('view_id', '=', view_id)
}

export async function insertView(
  trx: Trx,
  user_id: number,
  { view_id, page, name, filters }: SavedView,
  now: number,
): Promise<void> {
  await trx
    .insertInto('saved_views')
    .values({
      view_id,
      user_id,
      page,
      name,
      filters: JSON.stringify(filters),
      created_at: now,
      updated_at: now,
    })
    .execute()
}

export async function updateView(
  trx: Trx,
  user_id: number,
  { view_id, name, filters }: SavedView,
  now: number,
): Promise<void> {
  await trx
    .updateTable('saved_views')
    .set({ name, filters: JSON.stringify(filters), updated_at: now })
    .where('user_id', '=', user_id)
    .where('view_id', '=', view_id)
    .execute()
}

/** @returns whether there was one */
export async function deleteView(trx: Trx, user_id: number, view_id: number): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('saved_views')
    .where('user_id', '=', user_id)
    .where('view_id', '=', view_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** The person is erased: a search may name somebody. */
export async function deleteViews(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('saved_views').where('user_id', '=', user_id).execute()
}

function present(row: ViewRow): SavedView {
  const { view_id, page, name, filters } = row
  return {
    view_id,
    page: page as ViewPage,
    name,
    filters: JSON.parse(filters) as SavedView['filters'],
  }
}
