// Owns comparing two sides pair by pair: what ran one after the other had the same machine, what ran hours apart had not.
import { median, type RowSummary, type Spread, spread } from '../lib/statistics.ts'

export interface Pair {
  readonly base: readonly RowSummary[]
  readonly head: readonly RowSummary[]
}

/** A figure of a row on both sides. */
export interface Comparison {
  readonly row: string
  /** As in `orders/s`, `p99 ms`, `µs of CPU each`. */
  readonly figure: string
  readonly base: number
  readonly head: number
  /** Head by base, of each pair. */
  readonly ratio: Spread
  /** How many pairs agree that head is better, and of how many. */
  readonly better: number
  readonly pairs: number
}

interface Figure {
  readonly name: (row: RowSummary) => string
  readonly of: (row: RowSummary) => number | null
  readonly moreIsBetter: boolean
}

const FIGURES: readonly Figure[] = [
  { name: ({ unit }) => `${unit}/s`, of: ({ rate }) => rate.median, moreIsBetter: true },
  { name: () => 'p99 ms', of: ({ p99_ms }) => p99_ms, moreIsBetter: false },
  { name: () => 'µs of CPU each', of: ({ cpu_us_each }) => cpu_us_each, moreIsBetter: false },
]

/** Rows and figures that both sides have, in the order of head. */
export function comparePairs(pairs: readonly Pair[]): Comparison[] {
  const rows = pairs[0]?.head ?? []
  return rows.flatMap((row) => {
    const sides = pairs.flatMap(({ base, head }) => {
      const named = ({ name }: RowSummary) => name === row.name
      const [one, other] = [base.find(named), head.find(named)]
      return one && other ? [{ base: one, head: other }] : []
    })
    return FIGURES.flatMap((figure) => compareFigure(row, figure, sides) ?? [])
  })
}

function compareFigure(
  row: RowSummary,
  { name, of, moreIsBetter }: Figure,
  sides: readonly { readonly base: RowSummary; readonly head: RowSummary }[],
): Comparison | null {
  const values = sides.flatMap((side) => {
    const [base, head] = [of(side.base), of(side.head)]
    // Nothing by nothing is no ratio.
    return base === null || head === null || base === 0 ? [] : [{ base, head }]
  })
  if (values.length === 0) return null
  const ratios = values.map(({ base, head }) => head / base)
  return {
    row: row.name,
    figure: name(row),
    base: median(values.map(({ base }) => base)),
    head: median(values.map(({ head }) => head)),
    ratio: spread(ratios),
    better: ratios.filter((ratio) => (moreIsBetter ? ratio > 1 : ratio < 1)).length,
    pairs: values.length,
  }
}

export interface Failures {
  readonly row: string
  readonly base: number
  readonly head: number
}

/** Rows of which something failed on either side: their other figures say little. */
export function failuresOf(pairs: readonly Pair[]): Failures[] {
  const names = new Set(
    pairs.flatMap(({ base, head }) => [...base, ...head].map((row) => row.name)),
  )
  const failed = (side: keyof Pair, name: string) =>
    pairs
      .flatMap((pair) => pair[side])
      .filter((row) => row.name === name)
      .reduce((sum, row) => sum + row.failed, 0)
  return [...names]
    .map((row) => ({ row, base: failed('base', row), head: failed('head', row) }))
    .filter(({ base, head }) => base + head > 0)
}
