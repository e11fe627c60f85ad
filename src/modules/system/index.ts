// Owns the system module's public face.
import { groupsAreInTheirStream, positionsHaveNoGap } from '../../platform/events/checks.ts'
import { DeliveryDeadLettered } from '../../platform/events/failed-deliveries.ts'
import { healGaps } from '../../platform/events/gaps.ts'
import { pruneEvents, trimBroker } from '../../platform/events/upkeep.ts'
import { engineChecks } from '../../platform/db/checks.ts'
import { storeUpkeep } from '../../platform/db/upkeep.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core, Module } from '../../platform/module.ts'
import { createBackups } from './backup-actions.ts'
import { healthRoutes, systemRoutes } from './routes.ts'
import type { StateSources } from './state.ts'

export interface System extends Module {
  /** From now on the load balancer is told to go elsewhere; a backup under way is broken off. */
  startClosing(): void
  /** Only its health and its metrics, for a process that serves nobody. */
  healthRoutes(app: HttpServer): void
}

const DAY = 24 * 3600 * 1000

export function createSystem(core: Core, sources: StateSources): System {
  let accepting = true
  const { store, events, config } = core
  const backups = createBackups(core)
  return {
    name: 'system',
    routes: (app) => systemRoutes(app, { core, sources, backups, accepting: () => accepting }),
    events: [DeliveryDeadLettered],
    consumers: [],
    checks: [...engineChecks(store.dialect), positionsHaveNoGap, groupsAreInTheirStream],
    upkeep: [
      ...storeUpkeep(store),
      pruneEvents(store, config.eventRetentionDays * DAY),
      // The last: while the broker is away the others go on.
      ...trimBroker(events),
      ...healGaps(store, events, core.log),
    ],
    healthRoutes: (app) => healthRoutes(app, { core, sources, accepting: () => accepting }),
    startClosing() {
      accepting = false
      backups.stop()
    },
  }
}
