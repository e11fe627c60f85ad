// Owns changing many rows in one statement, each by its own value: the text is the same however many there are.
import type { RawBuilder } from 'kysely'
import type { Database } from '../../tables.ts'
import type { ListType } from './dialect.ts'
import type { Store, Trx } from './store.ts'

export interface EachUpdate {
  readonly table: keyof Database
  /** The columns of `list`, which `set` and `where` may name, as in `list.units`. */
  readonly columns: Readonly<Record<string, ListType>>
  /** Each row's values in the order of the columns; a row of the table may be meant once. */
  readonly rows: readonly (readonly (string | number)[])[]
  readonly set: RawBuilder<unknown>
  /** Joins the list to the table, and guards. */
  readonly where: RawBuilder<unknown>
}

/** @returns how many rows of the table were found */
export async function updateEach(store: Store, trx: Trx, update: EachUpdate): Promise<number> {
  const { table, columns, rows, set, where } = update
  if (rows.length === 0) return 0
  const list = store.dialect.list(columns, rows)
  const statement = store.dialect.joinedUpdate({ table, list, set, where })
  const { numAffectedRows = 0n } = await statement.execute(trx)
  return Number(numAffectedRows)
}
