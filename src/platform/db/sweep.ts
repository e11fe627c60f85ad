// Owns reading a whole table by its number even where the file is damaged: what can be read, and which numbers can't.
import { codeOf } from '../../lib/errors.ts'
import { sqliteCode } from './sqlite.ts'

export type Swept<Row> =
  | { readonly rows: readonly Row[] }
  /** These numbers, as far as there were any, can't be read; `to` is null when it is all the rest. */
  | { readonly lost: Range }
  /** An index knows them, and nobody finds them. */
  | { readonly missing: readonly number[] }

interface Range {
  readonly from: number
  readonly to: number | null
}

export interface Count {
  readonly rows: number
  readonly sum: number
}

export interface Table<Row> {
  /** The rows with greater numbers than this, in their order, so many at most. */
  readonly read: (after: number, limit: number) => Promise<readonly Row[]>
  readonly numberOf: (row: Row) => number
  /** How many rows there are, and the sum of their numbers, as an index knows it. */
  readonly count: () => Promise<Count>
  /** The numbers of all rows, as an index knows them. */
  readonly list: () => Promise<readonly number[]>
  /** Whether the row is found by its number alone, with all that belongs to it. */
  readonly find: (number: number) => Promise<boolean>
  /** Numbers of rows that turned out to be wrong; the caller adds to it. */
  readonly flagged: Set<number>
}

/** So far around a wrong row, others may stand where a search doesn't come any more. */
const NEAR = 250

const PAGE = 2000
const SQLITE_IOERR = 10
const SQLITE_CORRUPT = 11

export async function* sweep<Row>(given: Table<Row>): AsyncGenerator<Swept<Row>> {
  const table = { ...given, read: inOrder(given) }
  const { read, numberOf, flagged } = table
  const [seen, gone] = [createRanges(), createRanges()]
  let [after, limit] = [0, PAGE]
  for (;;) {
    const rows = await orDamaged(read(after, limit))
    if (rows === DAMAGED && limit > 1) {
      limit = Math.floor(limit / 2)
    } else if (rows === DAMAGED) {
      const lost = await lostRange(after, table)
      gone.addRange(lost)
      for (const edge of [lost.from, lost.to ?? lost.from]) flagged.add(edge)
      yield { lost }
      if (lost.to === null) break
      after = lost.to
    } else {
      const last = rows.at(-1)
      if (last === undefined) break
      for (const row of rows) seen.add(numberOf(row))
      yield { rows }
      after = numberOf(last)
      limit = Math.min(limit * 2, PAGE)
    }
  }
  // A damaged page that leads to others may hide rows without a word.
  const missing = await findMissing(
    table,
    (number) => seen.has(number) || gone.has(number),
    seen.count(),
  )
  for (const number of missing) flagged.add(number)
  for (const number of around(flagged)) {
    if (!seen.has(number)) continue
    const found = await orDamaged(table.find(number))
    if (found !== true) missing.push(number)
  }
  if (missing.length > 0) yield { missing }
}

async function findMissing<Row>(
  table: Table<Row>,
  isKnown: (number: number) => boolean,
  seen: Count,
): Promise<number[]> {
  const count = await orDamaged(table.count())
  if (count !== DAMAGED && count.rows === seen.rows && count.sum === seen.sum) return []
  const listed = await orDamaged(table.list())
  return listed === DAMAGED ? [] : listed.filter((number) => !isKnown(number))
}

function around(flagged: ReadonlySet<number>): Set<number> {
  const near = new Set<number>()
  for (const number of flagged) {
    for (let each = number - NEAR; each <= number + NEAR; each++) {
      if (!flagged.has(each)) near.add(each)
    }
  }
  return near
}

async function lostRange<Row>(after: number, { read, numberOf }: Table<Row>): Promise<Range> {
  const next = await findReadable(after, read)
  // The row there shows how far it goes; without one nothing comes after it.
  const [row] = next === null ? [] : await read(next, 1)
  return { from: after + 1, to: row === undefined ? null : numberOf(row) - 1 }
}

/** Numbers that come in order, as few ranges as will do. */
function createRanges() {
  const ranges: { from: number; to: number }[] = []
  let [rows, sum] = [0, 0]
  return {
    add(number: number): void {
      rows++
      sum += number
      const last = ranges.at(-1)
      if (last && last.to === number - 1) last.to = number
      else ranges.push({ from: number, to: number })
    },
    addRange({ from, to }: Range): void {
      ranges.push({ from, to: to ?? Infinity })
    },
    count: (): Count => ({ rows, sum }),
    has(number: number): boolean {
      let [low, high] = [0, ranges.length - 1]
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((ranges[middle]?.from ?? 0) <= number) low = middle
        else high = middle - 1
      }
      const range = ranges[low]
      return range !== undefined && range.from <= number && number <= range.to
    },
  }
}

/** The first number after which something can be read again: in leaps, then back by halves. Null: none. */
async function findReadable(
  after: number,
  read: (after: number, limit: number) => Promise<readonly unknown[]>,
): Promise<number | null> {
  let [bad, step] = [after, 1]
  for (;;) {
    const good = bad + step
    if (!Number.isSafeInteger(good)) return null
    if ((await orDamaged(read(good, 1))) !== DAMAGED) return firstGood(bad, good, read)
    bad = good
    step *= 2
  }
}

async function firstGood(
  bad: number,
  good: number,
  read: (after: number, limit: number) => Promise<readonly unknown[]>,
): Promise<number> {
  let [low, high] = [bad, good]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if ((await orDamaged(read(middle, 1))) === DAMAGED) low = middle
    else high = middle
  }
  return high
}

/** Where a row's number was overwritten, a search ends up at rows that nobody asked for. */
function inOrder<Row>({ read, numberOf }: Table<Row>): Table<Row>['read'] {
  return async (after, limit) => {
    const rows = await read(after, limit)
    let last = after
    for (const row of rows) {
      const number = numberOf(row)
      if (!(number > last)) throw new OutOfOrder()
      last = number
    }
    return rows
  }
}

class OutOfOrder extends Error {}

const DAMAGED = Symbol('damaged')

/** Any other failure is not the file's. */
async function orDamaged<T>(reading: Promise<T>): Promise<T | typeof DAMAGED> {
  try {
    return await reading
  } catch (error) {
    if (isDamage(error)) return DAMAGED
    throw error
  }
}

/** A damaged page, a sector that can't be read, or a number that nobody ever wrote. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error)
  if (error instanceof OutOfOrder) return true
  return code === SQLITE_CORRUPT || code === SQLITE_IOERR || codeOf(error) === 'ERR_OUT_OF_RANGE'
}

/** Of rows without a digest: whether they are from before there were any, or have lost theirs. */
export function createMissing(): (row: {
  readonly digest: number | null
  readonly created_at: number
}) => boolean {
  let since: number | null = null
  return ({ digest, created_at }) => {
    if (digest !== null) since ??= created_at
    if (digest !== null) return false
    // No row was ever written without its time. While a shop is upgraded, the version before writes as well.
    return typeof created_at !== 'number' || (since !== null && created_at > since + DAY_MS)
  }
}

const DAY_MS = 24 * 3600 * 1000
