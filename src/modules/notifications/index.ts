// Owns the notifications module's public face.
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core, Module } from '../../platform/module.ts'
import { everyoneWasTold } from './checks-store.ts'
import { type Audience, notificationConsumers } from './consumers.ts'
import { createLive, type Live } from './live-actions.ts'
import { notificationRoutes, presentWith } from './routes.ts'
import { markOldRead } from './store.ts'
import { streamRoute } from './stream-routes.ts'
import { createWake } from './wake-actions.ts'

export { deleteNotifications } from './store.ts'

export interface Notifications extends Module {
  readonly live: Live
  /** Everything told before this time counts as read. */
  markOldRead(before: number): Promise<void>
}

export interface NotificationNeeds extends Audience {
  readonly currency: () => Promise<string>
  readonly isSessionLive: (session_id: number) => Promise<boolean>
}

export function createNotifications(core: Core, needs: NotificationNeeds): Notifications {
  const wake = createWake(core)
  const live = createLive(core, wake)
  const presentFor = async (language: 'zh' | 'en') =>
    presentWith({ language, currency: await needs.currency() })
  return {
    name: 'notifications',
    live,
    routes(app) {
      notificationRoutes(app, { core, presentFor })
      streamRoute(app, { live, presentFor, isSessionLive: needs.isSessionLive })
    },
    events: [],
    consumers: notificationConsumers(core.store, needs).map((consumer) => ({
      ...consumer,
      async handle(trx, events) {
        await consumer.handle(trx, events)
        wake.wrote()
      },
    })),
    checks: [everyoneWasTold],
    upkeep: [],
    markOldRead: (before) => core.store.transaction((trx) => markOldRead(trx, before), runAgain),
  }
}
