// Owns how much a shop's database holds, table by table.
import type { Dialect } from '../dialect.ts'
import type { Reader } from '../store.ts'
import { listTables } from '../transfer/catalogue.ts'
import { countRows } from '../transfer/rows.ts'
import { allTables } from '../transfer/tables.ts'

/** An older version has fewer tables. */
export async function countTables(
  dialect: Dialect,
  reader: Reader,
): Promise<Record<string, number>> {
  const there = new Set((await listTables(dialect, reader)).map(({ name }) => name))
  const counts: Record<string, number> = {}
  for (const { name } of allTables) {
    if (there.has(name)) counts[name] = await countRows(reader, name)
  }
  return counts
}
