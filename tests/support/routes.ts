// Owns the list of all routes of a shop, as each was declared.
import type { App } from '../../src/app.ts'
import type { Access } from '../../src/platform/http/access.ts'
import type { Module } from '../../src/platform/module.ts'
import { buildHttp } from '../../src/serve.ts'

export interface DeclaredRoute {
  readonly method: string
  /** As in `/api/orders/:order_id`. */
  readonly path: string
  readonly access: Access
  readonly schema: RouteSchema
}

export interface RouteSchema {
  readonly hide?: boolean
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly response?: Readonly<Record<string, unknown>>
}

/** Every route of the modules and the pages; those of the API's description stand before them and are public. */
export async function declaredRoutes(app: App): Promise<DeclaredRoute[]> {
  const routes: DeclaredRoute[] = []
  const watcher: Module = {
    name: 'watcher',
    routes: (http) =>
      void http.addHook('onRoute', ({ method, url, config, schema = {} }) => {
        for (const each of [method].flat()) {
          const access = config?.access ?? 'public'
          routes.push({ method: each, path: url, access, schema: schema as RouteSchema })
        }
      }),
    events: [],
    consumers: [],
    checks: [],
    upkeep: [],
  }
  const http = await buildHttp({ ...app, modules: [watcher, ...app.modules] })
  await http.ready()
  await http.close()
  return routes
}
