// Owns the notifications module's public face.
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core, Module } from '../../platform/module.ts'
import { everyoneWasTold, type Reachable } from './checks-store.ts'
import { type Audience, type MailChannel, notificationConsumers } from './consumers.ts'
import { createLive, type Live } from './live-actions.ts'
import { preferenceRoutes } from './preferences-routes.ts'
import { deleteChoices } from './preferences-store.ts'
import { notificationRoutes, presentWith } from './routes.ts'
import { deleteNotifications, markOldRead } from './store.ts'
import { streamRoute } from './stream-routes.ts'
import { createWake } from './wake-actions.ts'

export type { MailChannel, Notice } from './consumers.ts'
export { notificationText } from './rules.ts'

/** Erases what a person was told, and what they chose to be told. */
export async function forgetReader(trx: Trx, user_id: number): Promise<void> {
  await deleteNotifications(trx, user_id)
  await deleteChoices(trx, user_id)
}

export interface Notifications extends Module {
  readonly live: Live
  /** Everything told before this time counts as read. */
  markOldRead(before: number): Promise<void>
}

export interface NotificationNeeds extends Audience {
  readonly currency: () => Promise<string>
  readonly isSessionLive: (session_id: number) => Promise<boolean>
  /** For the doctor: it locks nothing. */
  readonly reachable: Reachable
  /** What sends mail to people; left out, nothing is mailed. */
  readonly mail?: MailChannel
}

export function createNotifications(core: Core, needs: NotificationNeeds): Notifications {
  const wake = createWake(core)
  const live = createLive(core, wake)
  const presentFor = async (language: 'zh' | 'en') =>
    presentWith({ language, currency: await needs.currency() })
  const delivery = { store: core.store, audience: needs, mail: needs.mail ?? null }
  return {
    name: 'notifications',
    live,
    routes(app) {
      notificationRoutes(app, { core, presentFor })
      preferenceRoutes(app, { core, mailWorks: () => needs.mail?.works() ?? false })
      streamRoute(app, { live, presentFor, isSessionLive: needs.isSessionLive })
    },
    events: [],
    consumers: notificationConsumers(delivery).map((consumer) => ({
      ...consumer,
      async handle(trx, events) {
        await consumer.handle(trx, events)
        wake.wrote()
      },
    })),
    checks: [everyoneWasTold(needs.reachable)],
    upkeep: [],
    markOldRead: (before) => core.store.transaction((trx) => markOldRead(trx, before), runAgain),
  }
}
