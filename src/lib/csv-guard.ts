// Owns keeping a spreadsheet from running what stands in a cell, and undoing that when the cell is read.

/** A cell that begins so is taken for a formula; the full-width forms too, by some programs. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/

/**
 * An apostrophe before what would be a formula: spreadsheets then show it as text. Texts that look guarded
 * already get one too, so that `unguardCell` gives back exactly what was there.
 */
export function guardCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

export function unguardCell(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text
}
