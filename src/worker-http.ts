// Owns the port of a worker: it serves nobody, and still answers for its health and its metrics.
import { type AddressInfo, isIPv6 } from 'node:net'
import type { App } from './app.ts'
import { EXIT, StartupError } from './lib/startup-error.ts'
import { createHttpServer, type HttpServer } from './platform/http/server.ts'

export interface WorkerPort {
  /** Null when it is switched off, or another worker of this machine has the port. */
  readonly url: string | null
  close(): Promise<void>
}

const NONE: WorkerPort = { url: null, close: () => Promise.resolve() }

/** @throws StartupError when the address isn't one of this machine's */
export async function openWorkerPort(app: App): Promise<WorkerPort> {
  const { config, log } = app.core
  if (!config.worker) return NONE
  const http = await buildWorkerHttp(app)
  try {
    await http.listen({ ...config.worker })
  } catch (error) {
    await http.close()
    const { port } = config.worker
    // Its work is worth more than being watched; whoever watches sees that nobody answers.
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      log.warn(
        { port },
        'the port is taken: this worker tells nobody of its health and its metrics',
      )
      return NONE
    }
    throw explain(error, config.worker)
  }
  return { url: urlOf(http), close: () => http.close() }
}

function explain(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (!['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) return error
  return new StartupError(
    `Cannot listen on ${host}:${port}. Check PETSHOP_WORKER_HOST and PETSHOP_WORKER_PORT.`,
    EXIT.unavailable,
  )
}

/** Not listening yet. Nobody can log in here. */
async function buildWorkerHttp({ core, system }: App): Promise<HttpServer> {
  const http = await createHttpServer({
    log: core.log,
    metrics: core.metrics,
    dialect: core.store.dialect,
    clock: core.clock,
    metricsToken: core.config.metricsToken,
    trustProxy: null,
    authenticate: () => Promise.resolve(null),
    described: false,
  })
  system.healthRoutes(http)
  return http
}

function urlOf(http: HttpServer): string {
  const { address, port } = http.server.address() as AddressInfo
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`
}
