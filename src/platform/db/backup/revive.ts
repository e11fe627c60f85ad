// Owns making a shop of a backup's copy: brought to this version's tables, and with nothing that outlived its time.
import type { Migration } from 'kysely/migration'
import { sql } from 'kysely'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { beginAgain } from '../../events/begin-again.ts'
import type { StoreAddress } from '../address.ts'
import type { Dialect } from '../dialect.ts'
import { isUnused, migrate } from '../migrate.ts'
import { sqliteCode } from '../sqlite.ts'
import { openStore, type Store } from '../store.ts'
import { refuseUnfinished } from '../transfer/marker.ts'
import { type Numbers, raiseNumbers } from './numbers.ts'
import { explainWriteFailure } from './write-failure.ts'

export interface ReviveOptions {
  /** The copy; nobody else has it. */
  readonly path: string
  /** As people know it. */
  readonly file: string
  readonly migrations: (dialect: Dialect) => Readonly<Record<string, Migration>>
  readonly reached: Numbers
  /** Epoch milliseconds. */
  readonly now: number
}

/** Whoever ended a session since the backup wants it to stay ended. */
const ENDED = 'sessions'

/** @returns the steps that brought it up to date. @throws StartupError */
export async function reviveShop(options: ReviveOptions): Promise<string[]> {
  const { path, file } = options
  try {
    return await onStore(path, (store) => revive(store, options))
  } catch (error) {
    if (error instanceof StartupError) throw error
    const known = explainWriteFailure(error, path)
    if (known instanceof StartupError || sqliteCode(error) === null) throw known
    throw new StartupError(`${file} is damaged: ${(error as Error).message}.`, EXIT.data)
  }
}

async function revive(store: Store, options: ReviveOptions): Promise<string[]> {
  // If it breaks off, the copy is thrown away; at the end it is waited for as a whole.
  await sql`pragma synchronous = off`.execute(store.db)
  if (await isUnused(store)) throw new StartupError(`${options.file} holds no shop.`, EXIT.data)
  await refuseUnfinished(store)
  const steps = await migrate(store, options.migrations(store.dialect))
  await store.transaction(async (trx) => {
    await beginAgain(store, trx, options.now)
    await raiseNumbers(trx, options.reached)
    await sql`delete from ${sql.table(ENDED)}`.execute(trx)
  })
  return steps
}

async function onStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const address: StoreAddress = { engine: 'sqlite', path }
  const store = await openStore({ store: { address, poolSize: 2, isolation: null } })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
