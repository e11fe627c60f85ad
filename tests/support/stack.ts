// Owns the engines that a test's shop runs on: a database and a name space of its own on servers that run already.
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createMariadbDatabase, createPostgresDatabase } from './engines/databases.ts'
import { takeDatabase } from './engines/emptied.ts'
import type { EngineName } from './engines/global-setup.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** What a project's shops run on: a store and an event log. */
    stack: StackName
  }
}

export type StackName = 'sqlite+embedded' | 'sqlite+redis' | 'mariadb+redis' | 'postgres+kafka'
export type StoreName = 'sqlite' | 'mariadb' | 'postgres' | 'postgres-serializable'
export type LogName = 'embedded' | 'redis' | 'kafka'

export interface Stack {
  /** The settings that choose it. */
  readonly env: Readonly<Record<string, string>>
  drop(): Promise<void>
}

/** Something empty on the engines of this project. */
export async function freshStack(): Promise<Stack> {
  const [store, log] = inject('stack').split('+') as [StoreName, LogName]
  if (store !== 'mariadb' && store !== 'postgres') return makeStack(store, log)
  const { url, giveBack } = await takeDatabase(store, urlOf(store))
  return { env: { DATABASE_URL: url, ...logSettings(log) }, drop: giveBack }
}

/** Something new and empty on these engines. */
export async function makeStack(store: StoreName, log: LogName): Promise<Stack> {
  const { env, drop } = await freshStore(store)
  return { env: { ...env, ...logSettings(log) }, drop }
}

async function freshStore(store: StoreName): Promise<Stack> {
  switch (store) {
    case 'sqlite':
      return { env: {}, drop: () => Promise.resolve() }
    case 'mariadb': {
      const { url, drop } = await createMariadbDatabase(urlOf('mariadb'))
      return { env: { DATABASE_URL: url }, drop }
    }
    case 'postgres': {
      const { url, drop } = await createPostgresDatabase(urlOf('postgres'))
      return { env: { DATABASE_URL: url }, drop }
    }
    case 'postgres-serializable': {
      const { url, drop } = await createPostgresDatabase(urlOf('postgres'))
      return { env: { DATABASE_URL: url, PETSHOP_DATABASE_ISOLATION: 'serializable' }, drop }
    }
  }
}

function logSettings(log: LogName): Record<string, string> {
  const prefix = `test-${randomBytes(6).toString('hex')}`
  switch (log) {
    case 'embedded':
      return {}
    case 'redis':
      return { REDIS_URL: urlOf('redis'), PETSHOP_REDIS_PREFIX: `${prefix}:` }
    case 'kafka':
      return {
        KAFKA_BROKERS: urlOf('kafka'),
        PETSHOP_KAFKA_PREFIX: `${prefix}.`,
        PETSHOP_KAFKA_PARTITIONS: '3',
      }
  }
}

/** The address of a server that the suite's global setup has started. */
function urlOf(engine: EngineName): string {
  const url = inject(`${engine}Url`)
  if (url === null || url === undefined) {
    throw new Error(inject(`${engine}Missing`) ?? `this suite's project does not start ${engine}`)
  }
  return url
}
