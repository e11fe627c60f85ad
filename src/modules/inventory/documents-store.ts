// Owns the SQL of stock documents and their lines, which never change once they are written.
import type { Insertable, Selectable } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { DocumentKind, StockDocumentLine } from './documents-schema.ts'

export type DocumentRow = Selectable<Database['stock_documents']>
type LineRow = Insertable<Database['stock_document_lines']>

export async function insertDocument(trx: Trx, row: DocumentRow): Promise<void> {
  await trx.insertInto('stock_documents').values(row).execute()
}

export function insertDocumentLines(
  store: Store,
  trx: Trx,
  rows: readonly LineRow[],
): Promise<void> {
  return insertAll(store, trx, 'stock_document_lines', rows)
}

export async function findDocument(
  reader: Reader,
  document_id: number,
): Promise<DocumentRow | null> {
  const row = await reader
    .selectFrom('stock_documents')
    .selectAll()
    .where('document_id', '=', document_id)
    .executeTakeFirst()
  return row ?? null
}

/** Newest first. */
export async function listDocuments(
  reader: Reader,
  query: {
    readonly kind?: DocumentKind | undefined
    readonly limit: number
    readonly cursor?: string | undefined
  },
): Promise<{ items: DocumentRow[]; next_cursor: string | null }> {
  let select = reader
    .selectFrom('stock_documents')
    .selectAll()
    .orderBy('document_id', 'desc')
    .limit(query.limit + 1)
  if (query.kind !== undefined) select = select.where('kind', '=', query.kind)
  if (query.cursor !== undefined) {
    select = select.where('document_id', '<', decodeCursor(query.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), query.limit, (row) => [row.document_id])
}

export interface DocumentSums {
  readonly lines: number
  readonly units: number
}

/** How much each of these documents moved, by id; one that moved nothing is missing. */
export async function sumsOf(
  reader: Reader,
  documentIds: readonly number[],
): Promise<Map<number, DocumentSums>> {
  if (documentIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('stock_document_lines')
    .select((eb) => [
      'document_id',
      eb.fn.countAll().as('lines'),
      eb.fn.sum('delta_on_hand').as('units'),
    ])
    .where('document_id', 'in', documentIds)
    .groupBy('document_id')
    .execute()
  return new Map(
    rows.map((row) => [row.document_id, { lines: Number(row.lines), units: Number(row.units) }]),
  )
}

/** By product. */
export async function listDocumentLines(
  reader: Reader,
  document_id: number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: StockDocumentLine[]; next_cursor: string | null }> {
  let select = reader
    .selectFrom('stock_document_lines as line')
    .innerJoin('inventory', 'inventory.product_id', 'line.product_id')
    .select(['line.product_id', 'sku', 'product_name', 'name_en', 'delta_on_hand'])
    .where('document_id', '=', document_id)
    .orderBy('line.product_id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    select = select.where('line.product_id', '>', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.product_id])
}
