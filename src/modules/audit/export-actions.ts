// Owns the audit log as a file: in the order in which it was written, with its seals.
import { BYTE_ORDER_MARK, csvLines } from '../../lib/csv-write.ts'
import { toTimestamp } from '../../lib/wire.ts'
import type { Reader, Store } from '../../platform/db/store.ts'
import type { AuditEntry, Facts } from './schema.ts'
import { type EntryFilters, type EntryRow, pageOfEntries } from './store.ts'

export type Usernames = (
  reader: Reader,
  ids: readonly number[],
) => Promise<ReadonlyMap<number, string>>

const PAGE = 500
const COLUMNS = [
  'entry_id',
  'at',
  'act',
  'actor_id',
  'actor',
  'subject_kind',
  'subject_id',
  'before',
  'after',
  'request_id',
  'seal_no',
  'seal',
] as const satisfies readonly (keyof AuditEntry)[]

export async function* exportEntries(
  { db }: Store,
  usernames: Usernames,
  filters: EntryFilters,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv') yield BYTE_ORDER_MARK + csvLines([[...COLUMNS]])
  for (let after = 0; ;) {
    const rows = await pageOfEntries(db, filters, after, PAGE)
    const last = rows.at(-1)
    if (!last) return
    after = last.entry_id
    const entries = await presentEntries(db, usernames, rows)
    yield format === 'csv'
      ? csvLines(entries.map((entry) => COLUMNS.map((name) => cellOf(entry[name]))))
      : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  }
}

export async function presentEntries(
  reader: Reader,
  usernames: Usernames,
  rows: readonly EntryRow[],
): Promise<AuditEntry[]> {
  const ids = new Set(rows.flatMap(({ actor_id }) => actor_id ?? []))
  const names = await usernames(reader, [...ids])
  return rows.map(({ facts_before, facts_after, recorded_at, ...row }) => ({
    ...row,
    actor: row.actor_id === null ? null : (names.get(row.actor_id) ?? null),
    before: factsOf(facts_before),
    after: factsOf(facts_after),
    at: toTimestamp(recorded_at),
  }))
}

function factsOf(text: string | null): Facts | null {
  if (text === null) return null
  try {
    return JSON.parse(text) as Facts
  } catch {
    // Somebody has changed it: the doctor says so, and the rest is still to be read.
    return { unreadable: true }
  }
}

function cellOf(value: AuditEntry[keyof AuditEntry]): string | number | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
