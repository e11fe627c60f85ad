// Owns what a scenario is: what it is given, what it measures in, and what it hands back. See bench/README.md.
import type { Metrics } from './metrics.ts'

/** One file of bench/scenarios exports one of these as `scenario`. */
export interface Scenario {
  /** The file's name. */
  readonly name: string
  /** The question that it answers. */
  readonly question: string
  readonly goals: readonly Goal[]
  run(bench: Bench): Promise<void>
}

/** Met or not is printed beside the figure; it decides nothing unless `--strict` is given. */
export interface Goal {
  /** The name of the row that it speaks of. */
  readonly row: string
  /** `rate`, `ratio`, `p50_ms`, `p95_ms`, `p99_ms`, `cpu_us_each`, `peak_mib`, or a name of the row's `more`. */
  readonly of: string
  /** One of the two. */
  readonly least?: number
  readonly most?: number
  /** What would be better still, in the same direction. */
  readonly stretch?: number
}

/** One measurement; a row has one per repetition. */
export interface Sample {
  /** How many were done, whatever they are, refused and failed ones not among them. */
  readonly count: number
  readonly seconds: number
  /** Done per second. */
  readonly rate: number
  readonly p50_ms?: number
  readonly p95_ms?: number
  readonly p99_ms?: number
  readonly max_ms?: number
  /** Answered 429 or 503: the shop said that it has too much to do. */
  readonly refused?: number
  /** Any other answer than 2xx, and broken connections. */
  readonly failed?: number
  /** CPU seconds, user and system, of the process under test. */
  readonly cpu_s?: number
  /** The most memory that the process under test held (VmHWM), MiB. */
  readonly peak_mib?: number
  /** Processors that neither the target nor the bench kept busy meanwhile; much of it disturbs the figure. */
  readonly others_cpu?: number
  /** The scenario's own numbers. */
  readonly more?: Readonly<Record<string, number>>
}

/** What a scenario reports; the table has one line for each. */
export interface Row {
  /** Unique in the scenario, as in `64 connections`. */
  readonly name: string
  /** What is counted, as in `orders`. */
  readonly unit: string
  /** Alternated repetitions: see `alternate`. Their median counts. */
  readonly samples: readonly Sample[]
  /** What it is compared with, in the same run: the row's `ratio` is the medians' ratio. */
  readonly against?: { readonly name: string; readonly samples: readonly Sample[] }
}

/** Whatever answers HTTP and is measured: the shop, or a bare server beside it. */
export interface Target {
  /** As in `http://127.0.0.1:20123`. */
  readonly url: string
  readonly pid: number
  /** The shop's numbers tell refused from failed answers; others have none. */
  metrics?(): Promise<Metrics>
}

export interface Account {
  readonly user_id: number
  readonly token: string
}

/** A running shop, its own process. The scenario's end stops it and removes its folder. */
export interface Shop extends Target {
  readonly dataDir: string
  readonly customers: readonly Account[]
  readonly staff: Readonly<Record<'owner' | 'manager' | 'clerk1' | 'clerk2', Account>>
  /** Their ids are 1 to this. */
  readonly products: number
  /** For wrk: a line `token TAB user id` per customer. */
  readonly tokensFile: string
  /** Milliseconds from starting the process until /readyz answered 200. */
  readonly readyMs: number
  metrics(): Promise<Metrics>
  /** Events that some group hasn't done yet: the largest backlog of any group. */
  backlog(): Promise<number>
  /** Waits until nothing is left to do, at most so long. @returns seconds it took; null: it took longer */
  settled(withinSeconds?: number): Promise<number | null>
  /** The end of its log. */
  log(): string
  stop(): Promise<void>
  /** Stops it and starts it again on the same folder: another `pid`, another `readyMs`. */
  restart(): Promise<void>
}

export interface ShopOptions {
  /** 1,000 unless told. */
  readonly customers?: number
  /** 2,000 unless told; a million of each on hand. */
  readonly products?: number
  /** The first so many customers can log in, `u<n>` with `Passw0rd!u<n>`; none unless told. */
  readonly withPasswords?: number
  /** A folder that holds a shop already; it is copied, its customers get sessions, nothing else is made. */
  readonly from?: string
  /** Settings of the shop, as in `{ REDIS_URL }`; the seeding process has the same. */
  readonly env?: Readonly<Record<string, string>>
  /** Of `petshop serve`, as in `['--no-worker']`. */
  readonly args?: readonly string[]
  /** The checkout whose shop is started; this one unless told. */
  readonly root?: string
}

export interface Load {
  /** A file of bench/wrk, without `.lua`. */
  readonly script: string
  readonly connections: number
  readonly seconds: number
  /** For the script; `tokens` and the like. Numbers and texts only. */
  readonly args?: Readonly<Record<string, string | number>>
}

/** What a bare server answers to GET requests of a path, whatever their query. */
export interface BareAnswer {
  /** As Fastify writes it: `/api/inventory/:product_id`. */
  readonly path: string
  readonly body: string
}

export interface Options {
  readonly seconds: number | null
  readonly repetitions: number | null
  /** Keeps what takes long to make; null: a temporary folder, gone at the end. */
  readonly cacheDir: string | null
  /** Of the grown shop. */
  readonly largeOrders: number
  readonly largeProducts: number
}

/** What a scenario works with. Whatever it starts here is stopped when the scenario ends, however it ends. */
export interface Bench {
  readonly options: Options
  /** Of one repetition: `--seconds`, or the scenario's own choice. */
  seconds(own: number): number
  /** `--repetitions`, or the scenario's own choice. */
  repetitions(own: number): number
  /** Where the scenario may write; removed afterwards. */
  readonly folder: string
  startShop(options?: ShopOptions): Promise<Shop>
  /** `http` parses JSON and answers 201 on every POST; `fastify` gives these answers. */
  startBare(kind: 'http' | 'fastify', answers?: readonly BareAnswer[]): Promise<Target>
  /** Runs wrk for so long; with CPU and memory of the target. */
  drive(target: Target, load: Load): Promise<Sample>
  row(row: Row): void
  /** Numbers over time, for the JSON file: one object a moment, with `t` in seconds. */
  series(name: string, points: readonly Readonly<Record<string, number>>[]): void
  /** A line under the table, and in the JSON file: what a reader must know to read the figures. */
  note(text: string): void
  /** Progress, to standard error. */
  say(text: string): void
  /** Runs when the scenario ends, last first. */
  onEnd(work: () => Promise<void> | void): void
}

/**
 * Measures several things in turn, so that a machine's mood falls on all of them: forth in odd repetitions,
 * back in even ones.
 */
export async function alternate<Name extends string>(
  repetitions: number,
  turns: Readonly<Record<Name, () => Promise<Sample>>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(turns) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<
    Name,
    Sample[]
  >
  for (let i = 0; i < repetitions; i++) {
    for (const name of i % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await turns[name]())
    }
  }
  return samples
}
