// Owns how the rows of our own format become drafts of products, one by one.
import { unguardCell } from '../../lib/csv-guard.ts'
import { type Header, type OwnColumn, OWN_NAMES } from './import-columns-rules.ts'
import type { Problem } from './import-problems-rules.ts'
import {
  type Field,
  type ProductFields,
  readField,
  readQuantity,
  type Reading,
  readSku,
} from './import-values-rules.ts'

export interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** What one row wants of one product. */
export interface Draft {
  readonly line: number
  /** Null when the file gives none: then it is known by `key`, and a new product gets `derivedSku`. */
  readonly sku: string | null
  readonly derivedSku: string | null
  /** Its handle and options; null in our own format. */
  readonly key: string | null
  /** What the file says; a field that it doesn't name is left alone. */
  readonly fields: Partial<ProductFields>
  readonly quantity: number
  /** False when something in the row is wrong: then nothing is done with it. */
  readonly valid: boolean
}

export interface Drafted {
  readonly draft: Draft
  readonly problems: readonly Problem[]
}

export function cellCountProblem({ line, cells }: Row, expected: number): Problem | null {
  if (cells.length === expected) return null
  return { line, column: null, code: 'CELL_COUNT', params: { found: cells.length, expected } }
}

/** @param digits decimals of the shop's currency */
export function ownDraft(row: Row, header: Header<OwnColumn>, digits: number): Drafted {
  const reader = createFieldReader(row.line)
  const cell = (column: OwnColumn) => row.cells[header.places.get(column) ?? -1] ?? ''
  const nameOf = (column: OwnColumn) => header.names.get(column) ?? column
  const sku = reader.take(nameOf('sku'), readSku(unguardCell(cell('sku'))))
  for (const column of OWN_NAMES) {
    if (column === 'sku' || column === 'quantity' || !header.places.has(column)) continue
    reader.field(column, nameOf(column), unguardCell(cell(column)), digits)
  }
  const quantity = reader.take(nameOf('quantity'), readQuantity(cell('quantity').trim()))
  return reader.finish({ sku: sku ?? null, derivedSku: null, key: null, quantity: quantity ?? 0 })
}

export interface FieldReader {
  /** The value, or null when it is wrong. */
  take<T>(column: string, reading: Reading<T>): T | null
  field(field: Field, column: string, text: string, digits: number): void
  set<F extends Field>(field: F, value: ProductFields[F]): void
  problem(problem: Omit<Problem, 'line'>): void
  finish(identity: Pick<Draft, 'sku' | 'derivedSku' | 'key' | 'quantity'>): Drafted
}

/** Collects what one row says, and what is wrong with it. */
export function createFieldReader(line: number): FieldReader {
  const fields: Record<string, unknown> = {}
  const problems: Problem[] = []

  function take<T>(column: string, reading: Reading<T>): T | null {
    if ('value' in reading) return reading.value
    problems.push({ line, column, ...reading })
    return null
  }

  return {
    take,
    field(field, column, text, digits) {
      const reading = readField(field, text, digits)
      if ('value' in reading) fields[field] = reading.value
      else take(column, reading)
    },
    set(field, value) {
      fields[field] = value
    },
    problem: (problem) => void problems.push({ line, ...problem }),
    finish: (identity) => ({
      draft: { line, ...identity, fields, valid: problems.length === 0 },
      problems,
    }),
  }
}
