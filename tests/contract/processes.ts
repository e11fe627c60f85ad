// Owns several processes of one shop in this one: each with its own store, modules and routes, on one database.
import { type App, wire } from '../../src/app.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { Store } from '../../src/platform/db/store.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import { buildHttp } from '../../src/serve.ts'
import { testCore, type TestCore } from '../support/core.ts'
import type { Stack } from '../support/stack.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface Process extends TestCore {
  readonly app: App
  readonly store: Store
  readonly http: HttpServer
}

export interface Processes {
  readonly all: readonly [Process, Process, Process]
  now(): number
  /** Applies every event there is. */
  settle(): Promise<void>
  /** Everything that `petshop doctor` finds wrong. */
  findings(): Promise<string[]>
  close(): Promise<void>
}

export async function startProcesses(fresh: () => Promise<Stack>): Promise<Processes> {
  const stack = await fresh()
  const url = stack.env['DATABASE_URL'] ?? `sqlite:${tempDir()}/petshop.db`
  const env = { ...stack.env, DATABASE_URL: url }
  const all = [await startProcess(env), await startProcess(env), await startProcess(env)] as const
  const [{ app, core, clock }] = all
  return {
    all,
    now: clock.now,
    settle: () =>
      drain(
        core,
        app.modules.flatMap((module) => module.consumers),
      ),
    async findings() {
      const found: string[] = []
      for (const check of app.modules.flatMap((module) => module.checks)) {
        const { findings } = await runCheck(check, core.store.db, clock.now())
        found.push(...findings.map(({ message }) => `${check.name}: ${message}`))
      }
      return found
    },
    async close() {
      for (const process of all) {
        await process.http.close()
        await process.close()
      }
      await stack.drop()
    },
  }
}

async function startProcess(env: Readonly<Record<string, string>>): Promise<Process> {
  const context = await testCore({ env })
  const app = wire(context.core)
  return { ...context, app, store: context.core.store, http: await buildHttp(app) }
}

/** Resolves for everybody once so many have come. */
export function meetingPoint(count: number): () => Promise<void> {
  const met = Promise.withResolvers<void>()
  let come = 0
  return () => {
    if (++come === count) met.resolve()
    return met.promise
  }
}

/** Of a refusal. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
