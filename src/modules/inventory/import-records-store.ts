// Owns the SQL of what imports did: one line for each product that was made or changed, so that it can be undone.
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'

type ImportRow = Selectable<Database['imports']>
export type ImportLineRow = Selectable<Database['import_lines']>

/** Counts products to an import. @returns false when there is none under this document yet */
export async function addToImport(
  trx: Trx,
  document_id: number,
  { created, updated }: { readonly created: number; readonly updated: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('imports')
    .set((eb) => ({
      created: eb('created', '+', created),
      updated: eb('updated', '+', updated),
    }))
    .where('document_id', '=', document_id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function insertImport(
  trx: Trx,
  row: Pick<ImportRow, 'document_id' | 'created' | 'updated'>,
): Promise<void> {
  const none = { undone_by: null, undone_at: null, undo_document_id: null }
  await trx
    .insertInto('imports')
    .values({ ...row, ...none })
    .execute()
}

export function insertImportLines(
  store: Store,
  trx: Trx,
  rows: readonly ImportLineRow[],
): Promise<void> {
  return insertAll(store, trx, 'import_lines', rows)
}

/** With who imported, and when. */
function selectImports(reader: Reader) {
  return reader
    .selectFrom('imports')
    .innerJoin('stock_documents as document', 'document.document_id', 'imports.document_id')
    .selectAll('imports')
    .select(['document.actor_id', 'document.created_at'])
}

export type ImportRecord = ImportRow & {
  readonly actor_id: number | null
  readonly created_at: number
}

export async function findImport(
  reader: Reader,
  document_id: number,
): Promise<ImportRecord | null> {
  const row = await selectImports(reader)
    .where('imports.document_id', '=', document_id)
    .executeTakeFirst()
  return row ?? null
}

/** Newest first. */
export async function listImports(
  reader: Reader,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ImportRecord[]; next_cursor: string | null }> {
  let select = selectImports(reader)
    .orderBy('imports.document_id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) {
    select = select.where('imports.document_id', '<', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.document_id])
}

/** One import, locked until the transaction ends: two who undo it at once take turns. */
export async function lockImport(
  store: Store,
  trx: Trx,
  document_id: number,
): Promise<ImportRow | null> {
  const query = trx.selectFrom('imports').selectAll().where('document_id', '=', document_id)
  return (await store.dialect.forUpdate(query).executeTakeFirst()) ?? null
}

export async function updateImport(
  trx: Trx,
  document_id: number,
  changes: Partial<Pick<ImportRow, 'undone_by' | 'undone_at' | 'undo_document_id'>>,
): Promise<void> {
  await trx.updateTable('imports').set(changes).where('document_id', '=', document_id).execute()
}

/** The first lines that nobody has tried to undo yet, by product. */
export function listUntried(
  reader: Reader,
  document_id: number,
  limit: number,
): Promise<ImportLineRow[]> {
  return reader
    .selectFrom('import_lines')
    .selectAll()
    .where('document_id', '=', document_id)
    .where('outcome', 'is', null)
    .orderBy('product_id')
    .limit(limit)
    .execute()
}

export async function setOutcomes(
  store: Store,
  trx: Trx,
  document_id: number,
  outcomes: readonly { readonly product_id: number; readonly outcome: string }[],
): Promise<void> {
  await updateEach(store, trx, {
    table: 'import_lines',
    columns: { id: 'integer', result: 'text' },
    rows: outcomes.map(({ product_id, outcome }) => [product_id, outcome]),
    set: sql`outcome = list.result`,
    where: sql`import_lines.document_id = ${document_id} and import_lines.product_id = list.id`,
  })
}

/** How many lines of an import came to what when it was undone. */
export async function countOutcomes(
  reader: Reader,
  documentIds: readonly number[],
): Promise<{ document_id: number; outcome: string | null; lines: number }[]> {
  if (documentIds.length === 0) return []
  const rows = await reader
    .selectFrom('import_lines')
    .select((eb) => ['document_id', 'outcome', eb.fn.countAll().as('lines')])
    .where('document_id', 'in', documentIds)
    .groupBy(['document_id', 'outcome'])
    .execute()
  return rows.map((row) => ({ ...row, lines: Number(row.lines) }))
}

/** Products that undoing left as they are, with why, by product. */
export async function listKept(
  reader: Reader,
  document_id: number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  let select = reader
    .selectFrom('import_lines as line')
    .innerJoin('inventory', 'inventory.product_id', 'line.product_id')
    .select(['line.product_id', 'action', 'outcome', 'sku', 'product_name', 'name_en'])
    .where('document_id', '=', document_id)
    .where('outcome', 'is not', null)
    .where('outcome', '<>', 'undone')
    .orderBy('line.product_id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    select = select.where('line.product_id', '>', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.product_id])
}

/** These products are no longer what any key of a file means. */
export async function forgetKeys(trx: Trx, productIds: readonly number[]): Promise<void> {
  if (productIds.length === 0) return
  await trx.deleteFrom('imported_products').where('product_id', 'in', productIds).execute()
}
