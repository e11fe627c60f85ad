// Owns the tables of the audit log: rows are added and sealed, and never otherwise changed.
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'
import { NO_SEAL } from './seal.ts'
import type { ActName, SubjectKind } from './schema.ts'

export type EntryRow = Selectable<Database['audit_entries']>

export interface EntryFilters {
  readonly act?: ActName | undefined
  readonly actor_id?: number | undefined
  readonly subject_kind?: SubjectKind | undefined
  readonly subject_id?: string | undefined
  /** Epoch milliseconds. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export type NewEntry = Omit<EntryRow, 'entry_id' | 'seal' | 'seal_no'>

export function insertEntries(store: Store, trx: Trx, rows: readonly NewEntry[]): Promise<void> {
  return insertAll(store, trx, 'audit_entries', rows)
}

/** Newest first. */
export async function listEntries(
  reader: Reader,
  filters: EntryFilters,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: EntryRow[]; next_cursor: string | null }> {
  let select = matching(reader.selectFrom('audit_entries').selectAll(), filters)
    .orderBy('entry_id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) {
    select = select.where('entry_id', '<', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.entry_id])
}

/** Oldest first, those after an entry. */
export function pageOfEntries(
  reader: Reader,
  filters: EntryFilters,
  after: number,
  limit: number,
): Promise<EntryRow[]> {
  return matching(reader.selectFrom('audit_entries').selectAll(), filters)
    .where('entry_id', '>', after)
    .orderBy('entry_id')
    .limit(limit)
    .execute()
}

function matching<O>(
  select: SelectQueryBuilder<Database, 'audit_entries', O>,
  { from, to, ...same }: EntryFilters,
) {
  let query = select
  for (const column of ['act', 'actor_id', 'subject_kind', 'subject_id'] as const) {
    const value = same[column]
    if (value !== undefined) query = query.where(column, '=', value)
  }
  if (from !== undefined) query = query.where('recorded_at', '>=', from)
  if (to !== undefined) query = query.where('recorded_at', '<', to)
  return query
}

export function listUnsealed(reader: Reader, limit: number): Promise<EntryRow[]> {
  return reader
    .selectFrom('audit_entries')
    .selectAll()
    .where('seal_no', 'is', null)
    .orderBy('entry_id')
    .limit(limit)
    .execute()
}

/** In the order of the chain. */
export function pageOfSealed(reader: Reader, after: number, limit: number): Promise<EntryRow[]> {
  return reader
    .selectFrom('audit_entries')
    .selectAll()
    .where('seal_no', '>', after)
    .orderBy('seal_no')
    .limit(limit)
    .execute()
}

export interface Head {
  readonly seal_no: number
  readonly seal: string
}

const ONLY = 1

export async function findHead(reader: Reader): Promise<Head | null> {
  const row = await reader
    .selectFrom('audit_head')
    .select(['seal_no', 'seal'])
    .where('head_id', '=', ONLY)
    .executeTakeFirst()
  return row ?? null
}

/** Made with the first seal; whoever seals at the same moment waits here. */
export async function lockHead(store: Store, trx: Trx): Promise<Head> {
  const first = { head_id: ONLY, seal_no: 0, seal: NO_SEAL }
  await store.dialect.ignoreConflicts(trx.insertInto('audit_head').values(first)).execute()
  const query = trx.selectFrom('audit_head').select(['seal_no', 'seal']).where('head_id', '=', ONLY)
  return store.dialect.forUpdate(query).executeTakeFirstOrThrow()
}

/** @throws when an entry has a seal already */
export async function writeSeals(
  store: Store,
  trx: Trx,
  sealed: readonly (readonly [entry_id: number, seal_no: number, seal: string])[],
  head: Head,
): Promise<void> {
  const found = await updateEach(store, trx, {
    table: 'audit_entries',
    columns: { id: 'integer', no: 'integer', hash: 'text' },
    rows: sealed,
    set: sql`seal_no = list.no, seal = list.hash`,
    where: sql`audit_entries.entry_id = list.id and audit_entries.seal_no is null`,
  })
  if (found !== sealed.length) throw new Error('an entry of the audit log was sealed by another')
  await trx.updateTable('audit_head').set(head).where('head_id', '=', ONLY).execute()
}
