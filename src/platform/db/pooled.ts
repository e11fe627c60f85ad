// Owns what MySQL and PostgreSQL have in common as servers: bounded waiting, and values that are meant.
import type { Kysely } from 'kysely'
import type { Database } from '../../tables.ts'
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import type { OnQuery } from '../monitoring/queries.ts'
import { withoutPassword } from './address.ts'
import { silentError } from './network-failures.ts'
import { createWatch, UNWATCHED, type Watch } from './watch.ts'

export interface ServerOptions {
  readonly url: string
  readonly poolSize: number
  readonly readOnly: boolean
  /** For migrations: a statement may take as long as it takes, and wait for whoever is at it. */
  readonly unhurried: boolean
  /** Told of each statement. */
  readonly onQuery?: OnQuery
}

/** A new connection comes about in this time, or not at all. */
export const CONNECT_MS = 2000
/** Longer than anybody waits for a probe: it is dropped before. */
export const PROBE_MS = 20_000
/**
 * How long a statement waits for a row that another transaction has locked; then the whole transaction is tried
 * again. Longer than the second after which PostgreSQL looks for deadlocks.
 */
export const LOCK_WAIT_MS = 1500
/** How long a request waits for a connection of the pool. */
export const SLOT_PATIENCE_MS = 4000
/** A transaction of ours never pauses: whoever is silent this long has died, and its locks must end. */
export const IDLE_TRANSACTION_S = 10
/** The server gives a statement up after this. */
const STATEMENT_S = 10
/** A proof reads whole tables. */
const READER_STATEMENT_S = 600
/** A server that is cut off can't give up anything: we do. */
const SILENCE_S = 5

/** For migrations: one connection holds the lock, the others work. */
export function unhurriedly(options: ServerOptions): ServerOptions {
  return { ...options, poolSize: 3, unhurried: true }
}

/** How long a statement may take, seconds; null without a bound. */
export function statementSeconds(options: ServerOptions): number | null {
  if (options.unhurried) return null
  return options.readOnly ? READER_STATEMENT_S : STATEMENT_S
}

/** Runs a statement; without an answer in time, or when the server is away, its connection is cut, which fails it. */
export function createLimit(seconds: number | null, watch: Watch = UNWATCHED) {
  return async <T>(run: () => Promise<T>, cut: (error: Error) => void): Promise<T> => {
    let silent: Error | null = null
    const giveUp = (error: Error) => {
      silent = error
      cut(error)
    }
    const bound = seconds === null ? null : (seconds + SILENCE_S) * 1000
    const timer = bound === null ? null : setTimeout(() => giveUp(silentError()), bound)
    try {
      return await watch.asking(run, giveUp)
    } catch (error) {
      throw silent ?? error
    } finally {
      if (timer) clearTimeout(timer)
    }
  }
}

/** What may take as long as it needs is nobody's measure of the server, and waits for it. */
export function watchServer(
  options: ServerOptions,
  watch: Parameters<typeof createWatch>[0],
): Watch {
  return options.unhurried || options.readOnly ? UNWATCHED : createWatch(watch)
}

/** Drivers make something of everything; a date or an object among the values is our mistake. Bytes are meant. */
export function checkValues(values: readonly unknown[]): void {
  for (const value of values) {
    const isObject = typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    if (isObject || value === undefined) throw new TypeError(`not a SQL value: ${typeof value}`)
  }
}

/** An integer as JavaScript holds it. @throws RangeError beyond 2^53 */
export function toInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`)
  return value
}

/** Fails the start in one sentence when the server can't be reached or refuses us. */
export async function askServer<T>(
  db: Kysely<Database>,
  url: string,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    await db.destroy().catch(() => undefined)
    const { message, code } = error as NodeJS.ErrnoException
    throw new StartupError(
      `The database at ${withoutPassword(url)} cannot be used: ${message || String(code)}`,
      EXIT.unavailable,
    )
  }
}
