// Owns the engine's own proofs: SQLite's file is whole, and no row points to nothing. Servers prove it by themselves.
import { sql } from 'kysely'
import type { Check } from '../doctor.ts'
import type { Dialect } from './dialect.ts'

export function engineChecks(dialect: Dialect): readonly Check[] {
  return dialect.name === 'sqlite' ? SQLITE_CHECKS : []
}

const SQLITE_CHECKS: readonly Check[] = [
  {
    name: 'SQLite finds its file whole',
    async *run(reader) {
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(100)`.execute(
        reader,
      )
      for (const { integrity_check } of rows) {
        if (integrity_check !== 'ok') yield { message: integrity_check }
      }
    },
  },
  {
    name: 'no row points to nothing',
    async *run(reader) {
      const { rows } = await sql<{
        table: string
        rowid: number | null
        parent: string
      }>`pragma foreign_key_check`.execute(reader)
      for (const { table, rowid, parent } of rows) {
        yield { message: `${table}, row ${rowid ?? '?'}: no such row in ${parent}` }
      }
    },
  },
]
