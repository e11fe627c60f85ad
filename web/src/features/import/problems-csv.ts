// Owns the problems of a file as a file of their own, to be worked off beside it.
import type { ImportProblem } from '../../../../src/modules/inventory/schema.ts'
import { csvText } from '../../lib/office/csv.ts'

export function problemsCsv(
  header: readonly [line: string, column: string, message: string],
  problems: readonly ImportProblem[],
): string {
  return csvText([
    header,
    ...problems.map(({ line, column, message }) => [line, column ?? '', message]),
  ])
}
