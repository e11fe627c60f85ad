// Owns what is kept of a run: one JSON file per scenario under bench/results, without names of machines or paths.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './machine.ts'
import type { GoalOutcome, RowSummary } from './statistics.ts'

export interface Result {
  readonly scenario: string
  readonly question: string
  /** ISO 8601, when it ended. */
  readonly at: string
  readonly machine: Machine
  readonly settings: Readonly<Record<string, number | null>>
  readonly rows: readonly RowSummary[]
  readonly goals: readonly GoalOutcome[]
  readonly series: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>
  readonly notes: readonly string[]
}

const FOLDER = join(import.meta.dirname, '../results')

/** Named by time and scenario, as in `2026-11-23T0810-orders.json`; a later run of the same minute replaces it. */
export function keepResult(result: Result): void {
  mkdirSync(FOLDER, { recursive: true })
  const minute = result.at.slice(0, 16).replace(':', '')
  const file = join(FOLDER, `${minute}-${result.scenario}.json`)
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
}
