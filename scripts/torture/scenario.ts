// Owns what a scenario of the torture is: which promise it tries, what it is given, and what it hands back.
import type { Random } from '../../src/demo/random.ts'
import type { FindingKind, Memory } from '../../tests/support/audit.ts'
import type { TamperingName } from './tamperings.ts'

export interface Scenario {
  readonly name: string
  /** The number of the promise in docs/reliability.md. */
  readonly promise: number
  readonly title: string
  /** What it counts, and how many of them are promised in all. */
  readonly unit: string
  readonly promised: number
  /** Its share of the minutes, against the others'; 1 unless told. */
  readonly weight?: number
  run(run: Run): Promise<void>
}

/** Servers that several scenarios use, and none hurts. */
export type SharedEngine = 'mariadb' | 'postgres' | 'kafka'

/** One run of one scenario. Whatever goes wrong is noted here; nothing of it is thrown. */
export interface Run {
  readonly seed: number
  /** The schedule of the faults comes from here, and from nothing else. */
  readonly random: Random
  /** Breaks the shop on purpose before it is looked at: this run must fail. */
  readonly tampering: TamperingName | null
  /** Empty, gone at the end. */
  readonly folder: string
  readonly record: RunRecord
  /**
   * Whether there is one more round: each scenario does its least in any case, more while there is time, and none when
   * somebody has stopped it. `share`: the part of the time that may be over by then; all of it unless told.
   */
  goesOn(rounds: number, least: number, share?: number): boolean
  stopped(): boolean
  secondsLeft(): number
  engine(name: SharedEngine): Promise<string>
  /** Runs at the end, last first. */
  onEnd(work: () => Promise<unknown> | unknown): void
  say(text: string): void
  /** Notes what was done to the shop, for whoever replays it. */
  fault(what: string): void
  count(what: string, times?: number): void
  /** Keeps the largest. */
  most(what: string, value: number): void
  problem(what: string): void
  /** Something was broken on purpose: was it seen? */
  control(what: string, seen: boolean): void
  /** What the clients remember is kept with the results. */
  keep(memories: readonly Memory[]): void
}

/** How many findings of each kind, and how many unknown orders turned out to be there. */
export type Verdict = Record<FindingKind, number> & { orders: number; recovered: number }

export interface RunRecord {
  readonly scenario: string
  readonly promise: number
  readonly seed: number
  readonly begun: string
  seconds: number
  interrupted: boolean
  readonly counts: Record<string, number>
  readonly most: Record<string, number>
  readonly verdict: Verdict
  readonly problems: string[]
  /** By what was broken: whether the checker saw it. */
  readonly controls: Record<string, boolean>
  readonly faults: string[]
}

/** Kept, and every break on purpose was seen. */
export function isKept({ problems, controls }: RunRecord): boolean {
  return problems.length === 0 && Object.values(controls).every(Boolean)
}
