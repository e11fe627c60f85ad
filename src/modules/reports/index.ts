// Owns the reports module's public face.
import type { Core, Module } from '../../platform/module.ts'
import { salesMatchOrders } from './checks-store.ts'
import { type ProjectionNeeds, projectSales } from './consumers.ts'
import { reportRoutes } from './routes.ts'
import { todayRoutes } from './today-routes.ts'

export function createReports(core: Core, needs: ProjectionNeeds): Module {
  return {
    name: 'reports',
    routes(app) {
      reportRoutes(app, { core, ...needs })
      todayRoutes(app, { db: core.store.db, ...needs })
    },
    events: [],
    consumers: [projectSales(core.store, needs)],
    checks: [salesMatchOrders],
    upkeep: [],
  }
}
