// Owns moving a whole shop between two stores: refuse, copy, compare; the same again goes on where it was.
import type { Migration } from 'kysely/migration'
import { sql } from 'kysely'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { showAddress, type StoreAddress } from '../address.ts'
import type { Dialect } from '../dialect.ts'
import { migrate } from '../migrate.ts'
import { openStore, type Reader, type Store } from '../store.ts'
import { readColumns } from './catalogue.ts'
import { compareTables, type Comparison } from './compare.ts'
import { copyTables } from './copy.ts'
import { raiseCounters } from './counters.ts'
import {
  begin,
  findMarker,
  finish,
  type Marker,
  type Progress,
  refuseUnfinished,
  type Source,
} from './marker.ts'
import { isSamePlace } from './place.ts'
import { countRows, type PageReader, readPage } from './rows.ts'
import { fingerprint, foreignTables, refuseNotEmpty, refuseOtherVersion } from './state.ts'
import { movedTables } from './tables.ts'

export interface TransferOptions {
  readonly from: StoreAddress
  readonly to: StoreAddress
  readonly migrations: (dialect: Dialect) => Readonly<Record<string, Migration>>
  /** Compares, and changes nothing. */
  readonly verifyOnly: boolean
  /** Fails when a shop runs on the source: what it writes meanwhile would be missing. */
  readonly refuseInUse: (source: Store) => Promise<void>
  readonly onProgress: (progress: TransferProgress) => void
}

export interface TransferProgress {
  readonly doing: 'copy' | 'compare'
  readonly table: string
  readonly rows: number
  readonly total: number
}

export interface TransferReport {
  readonly from: string
  readonly to: string
  readonly equal: boolean
  readonly tables: readonly Comparison[]
  /** Tables on the source that aren't the shop's, and stay there. */
  readonly left_behind: readonly string[]
}

/** @throws StartupError */
export async function transfer(options: TransferOptions): Promise<TransferReport> {
  const { from, to, verifyOnly } = options
  if (isSamePlace(from, to)) {
    throw new StartupError('Source and target are the same database.', EXIT.config)
  }
  return withStore(from, true, async (source) => {
    await refuseUnfinished(source)
    await refuseOtherVersion(source.dialect, source.db, showAddress(from), stepsOf(options, source))
    if (verifyOnly) return compare(options, source)
    await options.refuseInUse(source)
    return withStore(to, false, async (target) => {
      const wasDone = await fill(options, source, target)
      const report = await compare(options, source)
      if (report.equal && !wasDone) await finish(target)
      return report
    })
  })
}

/** Brings over what is missing. @returns whether that was done already, by a run whose end nobody saw */
async function fill(options: TransferOptions, source: Store, target: Store): Promise<boolean> {
  const before = await findMarker(target)
  if (!before) {
    await refuseNotEmpty(target.dialect, target.db, showAddress(options.to))
    await migrate(target, options.migrations(target.dialect))
  }
  // One moment of the source for the whole run, unless the run is broken off.
  return snapshot(source, async (reader) => {
    const columns = await readColumns(source.dialect, reader)
    const counts = await countTables(reader)
    const total = sumOf(counts)
    const marker = await takeUp(options, target, before, {
      address: showAddress(options.from),
      fingerprint: await fingerprint(source.dialect, reader, columns, counts),
    })
    if (marker.finished) return true
    const onProgress = ({ table, rows }: Progress) =>
      options.onProgress({ doing: 'copy', table, rows, total })
    onProgress(marker.progress)
    const read = pagesOf(source, options.from, reader, columns)
    await copyTables({ read, target, onProgress }, marker.progress)
    await raiseCounters(source, reader, target)
    return false
  })
}

/** Begins, or goes on with what an earlier run has begun. @throws StartupError when that was something else */
async function takeUp(
  options: TransferOptions,
  target: Store,
  before: Marker | null,
  source: Source,
): Promise<Marker> {
  if (!before) {
    const progress = { table: movedTables[0]?.name ?? '', key: null, rows: 0 }
    await begin(target, source, progress)
    return { source, progress, finished: false }
  }
  const to = showAddress(options.to)
  const isSame = before.source.address === source.address
  const isUnchanged = before.source.fingerprint === source.fingerprint
  if (isSame && isUnchanged) return before
  if (before.finished) await refuseNotEmpty(target.dialect, target.db, to)
  throw new StartupError(
    isSame
      ? `The shop at ${source.address} was open since the transfer to ${to} began, and what is there already is out of date. Begin again with an empty database.`
      : `The target ${to} is being filled from ${before.source.address}, not from ${source.address}. Go on with that source, or choose an empty database.`,
    EXIT.data,
  )
}

/** Reads both stores anew, each at one moment. */
async function compare(options: TransferOptions, source: Store): Promise<TransferReport> {
  return withStore(options.to, true, async (target) => {
    const to = showAddress(options.to)
    await refuseOtherVersion(target.dialect, target.db, to, stepsOf(options, target))
    return snapshot(source, (ours) =>
      snapshot(target, async (theirs) => {
        const columns = await readColumns(source.dialect, ours)
        const total = sumOf(await countTables(ours))
        let rows = 0
        const onProgress = (table: string, more: number) =>
          options.onProgress({ doing: 'compare', table, rows: (rows += more), total })
        const tables = await compareTables({
          source: pagesOf(source, options.from, ours, columns),
          target: pagesOf(target, options.to, theirs, columns),
          columns,
          onProgress,
        })
        const equal = tables.every(({ difference }) => difference === null)
        const left_behind = await foreignTables(source.dialect, ours)
        return { from: showAddress(options.from), to, equal, tables, left_behind }
      }),
    )
  })
}

function snapshot<T>(store: Store, work: (reader: Reader) => Promise<T>): Promise<T> {
  return store.snapshot(async (reader) => {
    await allowPauses(store, reader)
    return work(reader)
  })
}

/** One side waits for the other: the servers' bound on silent transactions is for shops, where it means death. */
async function allowPauses({ dialect }: Store, reader: Reader): Promise<void> {
  if (dialect.name === 'postgres') {
    await sql`set idle_in_transaction_session_timeout = 0`.execute(reader)
  }
  if (dialect.name === 'mysql') {
    // MySQL itself has no such bound, and doesn't know the name.
    await sql`set session idle_transaction_timeout = 0`.execute(reader).catch(() => undefined)
  }
}

function pagesOf(
  store: Store,
  address: StoreAddress,
  reader: Reader,
  columns: ReadonlyMap<string, readonly string[]>,
): PageReader {
  return (table, after, limit) =>
    readPage(reader, table, columns.get(table.name) ?? [], after, limit).catch((error: unknown) => {
      throw explainBreak(error, store, address)
    })
}

async function countTables(reader: Reader): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { name } of movedTables) counts.set(name, await countRows(reader, name))
  return counts
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function stepsOf(options: TransferOptions, { dialect }: Store): string[] {
  return Object.keys(options.migrations(dialect))
}

const POOL = 4

async function withStore<T>(
  address: StoreAddress,
  readOnly: boolean,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore({ store: { address, poolSize: POOL, isolation: null }, readOnly })
  try {
    return await work(store)
  } catch (error) {
    throw explainBreak(error, store, address)
  } finally {
    await store.close().catch(() => undefined)
  }
}

/** A server that went away in the middle is no fault of the program. */
function explainBreak(error: unknown, { dialect }: Store, address: StoreAddress): unknown {
  if (error instanceof StartupError) return error
  const failure = dialect.classify(error)
  const { message } = error as Error
  if (failure === 'full') {
    return new StartupError(
      `There is no room at ${showAddress(address)}: ${message}`,
      EXIT.cannotWrite,
    )
  }
  if (failure !== 'away' && failure !== 'transient') return error
  return new StartupError(
    `${showAddress(address)} does not answer: ${message}. Run the same command again; a transfer goes on where it was.`,
    EXIT.unavailable,
  )
}
