// Owns the HTTP side of what one wants to be told: everybody sees and changes their own.
import { oneItem, ref } from '../../lib/wire.ts'
import { callerOf } from '../../platform/http/access.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { changePreferences, listPreferences, type Someone } from './preferences-actions.ts'
import { NewNotificationPreferences, NotificationPreferences } from './schema.ts'

const tags = ['notifications']
const path = '/api/me/notification-preferences'

export interface PreferenceRoutesOptions {
  readonly core: Core
  /** Whether the shop sends mail now. */
  readonly mailWorks: () => boolean
}

export function preferenceRoutes(app: HttpServer, options: PreferenceRoutesOptions): void {
  const { store } = options.core
  app.addSchema(NotificationPreferences)
  app.addSchema(NewNotificationPreferences)

  const read = async (caller: Someone) => ({
    status: 'success' as const,
    item: {
      channels: { page: true, mail: options.mailWorks() },
      kinds: await listPreferences(store, store.db, caller),
    },
  })

  app.get(
    path,
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Of which kinds you want to be told, and where',
        response: answers(200, oneItem(ref(NotificationPreferences))),
      },
    },
    async (request) => read(callerOf(request)),
  )

  app.put(
    path,
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Choose of which kinds you want to be told, and where',
        description:
          'Kinds and channels that are left out stay as they are. Holds for what happens from now on.',
        body: ref(NewNotificationPreferences),
        response: answers(200, oneItem(ref(NotificationPreferences))),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      await changePreferences(store, caller.user_id, request.body, request.now)
      return read(caller)
    },
  )
}
