// Owns a serving process from start to stop: HTTP, background work, and an orderly end.
import { type AddressInfo, isIPv6 } from 'node:net'
import type { App } from './app.ts'
import { EXIT, StartupError } from './lib/startup-error.ts'
import { startLeaving } from './platform/http/leaving.ts'
import { pagesAreBuilt, usePages } from './platform/http/pages.ts'
import { createHttpServer, type HttpServer } from './platform/http/server.ts'
import { logOf } from './platform/logging.ts'
import { startWork } from './work.ts'

export interface Serving {
  /** Where it answers, as in `http://127.0.0.1:8080`. */
  readonly url: string
  readonly http: HttpServer
  /** Lets requests finish, ends live connections, stops background work, closes the store. */
  stop(): Promise<void>
}

export interface ServeOptions {
  /** False leaves relay and consumers to other processes (`petshop worker`). */
  readonly withWorker: boolean
}

const SWEEP_MS = 100
const PATIENCE_MS = 5000

/** The HTTP server of an app with all its routes, not listening yet. */
export async function buildHttp(app: App): Promise<HttpServer> {
  const { core, users } = app
  const http = await createHttpServer({
    log: core.log,
    metrics: core.metrics,
    dialect: core.store.dialect,
    clock: core.clock,
    metricsToken: core.config.metricsToken,
    trustProxy: core.config.trustProxy,
    authenticate: users.authenticate,
    tracing: core.tracing,
    requestLog: logOf(core.log, core.config, 'request'),
  })
  for (const module of app.modules) module.routes(http)
  await usePages(http)
  return http
}

/** @throws StartupError when the port is taken */
export async function serve(app: App, options: ServeOptions): Promise<Serving> {
  const http = await buildHttp(app)
  const worker = options.withWorker ? await startWork(app) : null
  try {
    await app.core.background?.started
    await listen(http, app)
  } catch (error) {
    await worker?.stop()
    await http.close()
    throw error
  }
  return {
    url: urlOf(http, app.core.config.host),
    http,
    async stop() {
      app.system.startClosing()
      const { quiet } = startLeaving(http.server)
      await app.notifications.live.stop()
      await quiet
      await Promise.all([closeHttp(http), worker?.stop()])
      await app.close()
    },
  }
}

/** Requests under way are answered; who hasn't finished asking or reading after a while is cut off. */
async function closeHttp(http: HttpServer): Promise<void> {
  // A connection that was busy when the closing began stays open afterwards, unless somebody looks again.
  const sweep = setInterval(() => http.server.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => http.server.closeAllConnections(), PATIENCE_MS)
  await http.close()
  clearInterval(sweep)
  clearTimeout(cut)
}

async function listen(http: HttpServer, app: App): Promise<void> {
  const { host, port } = app.core.config
  if (!pagesAreBuilt()) app.core.log.warn('the pages are not built yet: npm run build:web')
  try {
    await http.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new StartupError(
        `Port ${port} on ${host} is taken. Stop what uses it, or choose another with PETSHOP_PORT.`,
        EXIT.unavailable,
      )
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartupError(
        `Cannot listen on ${host}:${port}. Check PETSHOP_HOST and PETSHOP_PORT.`,
        EXIT.unavailable,
      )
    }
    throw error
  }
}

function urlOf(http: HttpServer, host: string): string {
  const address = http.server.address() as AddressInfo
  const local = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host)
  const name = local ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  return `http://${name}:${address.port}`
}
