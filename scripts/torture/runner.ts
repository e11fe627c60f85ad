// Owns the run of one scenario: its time, its servers, what is noted of it, and that nothing of it is left behind.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createRandom, hashText } from '../../src/demo/random.ts'
import { FINDINGS, type Memory } from '../../tests/support/audit.ts'
import type { Run, RunRecord, Scenario, SharedEngine, Verdict } from './scenario.ts'
import type { TamperingName } from './tamperings.ts'

export interface RunOptions {
  readonly seed: number
  /** How long it may go on; 0: the least that shows anything. */
  readonly seconds: number
  readonly tampering?: TamperingName | null
  readonly engine: (name: SharedEngine) => Promise<string>
  readonly say?: (text: string) => void
  /** Whoever aborts it keeps what was reached. */
  readonly signal?: AbortSignal
}

export interface Ran {
  readonly record: RunRecord
  readonly memories: readonly Memory[]
}

const MOST_PROBLEMS = 50

/** Never throws: what goes wrong is a problem of the run. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-torture-'))
  const begun = performance.now()
  const record = newRecord(scenario, options.seed)
  const memories: Memory[] = []
  const ends: (() => Promise<unknown> | unknown)[] = []
  const run = openRun(scenario, options, { folder, record, memories, ends })
  try {
    await scenario.run(run)
  } catch (error) {
    // Whoever stops it takes the ground from under its feet.
    if (!run.stopped()) run.problem(inspect(error))
  }
  record.interrupted = run.stopped()
  for (const end of ends.reverse()) {
    try {
      await end()
    } catch (error) {
      if (!run.stopped()) run.problem(`at the end: ${String(error)}`)
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  record.seconds = Math.round((performance.now() - begun) / 100) / 10
  return { record, memories }
}

interface Parts {
  readonly folder: string
  readonly record: RunRecord
  readonly memories: Memory[]
  readonly ends: (() => Promise<unknown> | unknown)[]
}

function openRun(scenario: Scenario, options: RunOptions, parts: Parts): Run {
  const { seed, seconds, tampering = null, engine, say = () => undefined, signal } = options
  const { folder, record, memories, ends } = parts
  const until = performance.now() + seconds * 1000
  const stopped = () => signal?.aborted === true
  return {
    seed,
    random: createRandom(hashText(`${scenario.name} ${seed}`)),
    tampering,
    folder,
    record,
    goesOn: (rounds, least, share = 1) =>
      !stopped() && (rounds < least || performance.now() < until - (1 - share) * seconds * 1000),
    stopped,
    secondsLeft: () => Math.max(0, (until - performance.now()) / 1000),
    engine,
    onEnd: (work) => void ends.push(work),
    say,
    fault(what) {
      record.faults.push(what)
      say(what)
    },
    count(what, times = 1) {
      record.counts[what] = (record.counts[what] ?? 0) + times
    },
    most(what, value) {
      const rounded = Math.round(value * 100) / 100
      record.most[what] = Math.max(record.most[what] ?? -Infinity, rounded)
    },
    problem(what) {
      if (record.problems.length < MOST_PROBLEMS) record.problems.push(what)
      say(`✗ ${what}`)
    },
    control(what, seen) {
      record.controls[what] = (record.controls[what] ?? true) && seen
    },
    keep(more) {
      for (const memory of more) memories.push(memory)
    },
  }
}

function newRecord({ name, promise }: Scenario, seed: number): RunRecord {
  const none = Object.fromEntries(FINDINGS.map((kind) => [kind, 0]))
  return {
    scenario: name,
    promise,
    seed,
    begun: new Date().toISOString(),
    seconds: 0,
    interrupted: false,
    counts: {},
    most: {},
    verdict: { ...none, orders: 0, recovered: 0 } as Verdict,
    problems: [],
    controls: {},
    faults: [],
  }
}
