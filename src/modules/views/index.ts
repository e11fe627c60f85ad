// Owns the public face of saved views, which staff find again on whatever machine they log in.
import { createSequence } from '../../platform/db/sequences.ts'
import type { Core, Module } from '../../platform/module.ts'
import { viewRoutes } from './routes.ts'

export { deleteViews } from './store.ts'

export function createViews({ store }: Core): Module {
  const viewIds = createSequence(store, 'views', 1)
  return {
    name: 'views',
    routes: (app) => viewRoutes(app, store, viewIds),
    events: [],
    consumers: [],
    checks: [],
    upkeep: [],
  }
}
