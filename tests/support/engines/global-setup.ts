// Owns the servers that the suites of one run share: each is started once, and stopped after the last suite.
import type { TestProject } from 'vitest/node'
import type { Engine } from './engine.ts'
import { ensureInstalled, type ServerPackage } from './install.ts'

declare module 'vitest' {
  /** Of each engine its address, or why there is none: `inject('redisUrl')`. */
  export interface ProvidedContext {
    redisUrl: string | null
    redisMissing: string | null
    mariadbUrl: string | null
    mariadbMissing: string | null
    postgresUrl: string | null
    postgresMissing: string | null
    kafkaUrl: string | null
    kafkaMissing: string | null
  }
}

export type EngineName = 'redis' | 'mariadb' | 'postgres' | 'kafka'

type Outcome = Engine | { readonly reason: string }
type Shared = Map<EngineName, { users: number; outcome: Promise<Outcome> }>

// Vitest loads this file once for each project: what they share cannot stand in a variable of the module.
const place = globalThis as { petshopTestEngines?: Shared }
const shared = (place.petshopTestEngines ??= new Map())

type Setup = (project: Pick<TestProject, 'provide'>) => Promise<() => Promise<void>>

/** A `globalSetup` for the projects whose tests need this engine. */
export function provideEngine(
  name: EngineName,
  label: string,
  start: () => Promise<Outcome>,
): Setup {
  return async (project) => {
    const entry = shared.get(name) ?? { users: 0, outcome: start() }
    shared.set(name, entry)
    entry.users++
    const outcome = await entry.outcome
    const missing = 'reason' in outcome
    project.provide(`${name}Url`, missing ? null : outcome.url)
    project.provide(`${name}Missing`, missing ? `${label}: not run – ${outcome.reason}` : null)
    return async () => {
      if (--entry.users > 0) return
      shared.delete(name)
      if (!missing) await outcome.stop()
    }
  }
}

/** Starts a server whose package is installed, if need be; or tells why it can't run. */
export async function startInstalled(
  name: ServerPackage,
  start: () => Promise<Engine>,
): Promise<Outcome> {
  const reason = await ensureInstalled([name])
  if (reason !== undefined) return { reason }
  try {
    return await start()
  } catch (error) {
    console.error(error)
    return { reason: (error as Error).message.split('\n', 1).join() }
  }
}
