// Owns what is kept of the torture: each run with its history in a file of its own, and a small summary that adds up.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Memory } from '../../tests/support/audit.ts'
import type { Ran } from './runner.ts'
import { isKept, type RunRecord, type Verdict } from './scenario.ts'

/** Of one scenario, over all its runs. */
export interface Sum {
  promise: number
  runs: number
  /** Runs that broke a promise, by seed. */
  broken: number[]
  seconds: number
  counts: Record<string, number>
  /** The largest of all runs. */
  most: Record<string, number>
  verdict: Verdict
  /** The newest ones; the others are in the runs' own files. */
  seeds: number[]
  /** By what was broken on purpose: how often it was seen. */
  controls: Record<string, number>
}

export type Summary = Record<string, Sum>

const MOST_SEEDS = 20

/** @returns the file */
export function keepRun(folder: string, { record, memories }: Ran): string {
  mkdirSync(folder, { recursive: true })
  const time = record.begun.replaceAll(/[:.]/g, '')
  const file = join(folder, `${time}-${record.scenario}-${record.seed}.json`)
  const history = memories.map(present)
  writeFileSync(file, `${JSON.stringify({ ...record, history }, null, 1)}\n`)
  return file
}

/** Without the token, which opens nothing any more, and is of no use. */
function present({ key, buyer, lines, outcome }: Memory) {
  const told =
    outcome === 'unknown'
      ? { status: 'unknown' }
      : { status: outcome.status, order_id: outcome.body.order_id, error: outcome.body.error?.code }
  return { key, user_id: buyer.user_id, lines, ...told }
}

export function addToSummary(folder: string, record: RunRecord): void {
  const file = join(folder, 'summary.json')
  const summary = readSummary(file)
  summary[record.scenario] = added(summary[record.scenario], record)
  const sorted = Object.entries(summary).toSorted(([, a], [, b]) => a.promise - b.promise)
  // Whoever reads it meanwhile reads a whole one.
  writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

function readSummary(file: string): Summary {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Summary
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

export function added(sum: Sum | undefined, record: RunRecord): Sum {
  const seen = Object.entries(record.controls).filter(([, isSeen]) => isSeen)
  return {
    promise: record.promise,
    runs: (sum?.runs ?? 0) + 1,
    broken: [...(sum?.broken ?? []), ...(isKept(record) ? [] : [record.seed])],
    seconds: Math.round((sum?.seconds ?? 0) + record.seconds),
    counts: merged(sum?.counts, record.counts, (a, b) => a + b),
    most: merged(sum?.most, record.most, Math.max),
    verdict: merged(sum?.verdict, record.verdict, (a, b) => a + b) as Verdict,
    seeds: [...new Set([...(sum?.seeds ?? []), record.seed])].slice(-MOST_SEEDS),
    controls: merged(
      sum?.controls,
      Object.fromEntries(seen.map(([name]) => [name, 1])),
      (a, b) => a + b,
    ),
  }
}

function merged(
  old: Readonly<Record<string, number>> = {},
  more: Readonly<Record<string, number>>,
  both: (a: number, b: number) => number,
): Record<string, number> {
  const names = new Set([...Object.keys(old), ...Object.keys(more)])
  return Object.fromEntries(
    [...names].map((name) => {
      const [a, b] = [old[name], more[name]]
      return [name, a === undefined ? (b ?? 0) : b === undefined ? a : both(a, b)]
    }),
  )
}
