// Owns writing rows as CSV that spreadsheets of any language open as it is meant.
import { stringify } from 'csv-stringify/sync'
import { guardCell } from './csv-guard.ts'

/** Excel takes a file without it for one in the machine's own encoding. */
export const BYTE_ORDER_MARK = '\u{FEFF}'

export type Cell = string | number | null

/** Rows as lines of CSV. Texts are guarded against formulas; numbers are what they are. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  const guarded = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? guardCell(cell) : String(cell ?? ''))),
  )
  return stringify(guarded, {
    record_delimiter: '\r\n',
    // Readers trim what isn't quoted, take any line break for the end of a row, and guess what parts the cells.
    quoted_match: /[\r\n;\t]|^\s|\s$/,
  })
}
