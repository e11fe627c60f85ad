// Owns the HTTP side of notifications: everybody reads and marks their own.
import Type from 'typebox'
import { Done, Id, ref, toTimestamp, toTimestampOrNull } from '../../lib/wire.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { callerOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { languageOf } from '../../platform/http/language.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { notificationText, type TextContext } from './rules.ts'
import { Notification, NotificationList, NotificationQuery } from './schema.ts'
import {
  countUnread,
  listNotifications,
  markAllRead,
  markRead,
  type NotificationRow,
} from './store.ts'

const tags = ['notifications']

export type Present = (row: NotificationRow) => Notification

export interface NotificationRoutesOptions {
  readonly core: Core
  readonly presentFor: (language: 'zh' | 'en') => Promise<Present>
}

export function notificationRoutes(app: HttpServer, options: NotificationRoutesOptions): void {
  const { core, presentFor } = options
  app.addSchema(Notification)
  app.addSchema(NotificationList)

  app.get(
    '/api/notifications',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Your notifications, newest first, and how many are unread',
        querystring: NotificationQuery,
        response: answers(200, ref(NotificationList)),
      },
    },
    async (request) => {
      const { user_id } = callerOf(request)
      const { limit = 20, ...query } = request.query
      const page = await listNotifications(core.store.db, user_id, { limit, ...query })
      const present = await presentFor(languageOf(request))
      const unread = await countUnread(core.store.db, user_id)
      const { next_cursor } = page
      return { status: 'success' as const, items: page.items.map(present), next_cursor, unread }
    },
  )

  app.put(
    '/api/notifications/read',
    {
      config: { access: 'customer' },
      schema: { tags, summary: 'Mark all as read', response: answers(200, Done) },
    },
    async (request) => {
      const { user_id } = callerOf(request)
      await core.store.transaction((trx) => markAllRead(trx, user_id, request.now), runAgain)
      return { status: 'success' as const }
    },
  )

  app.put(
    '/api/notifications/:notification_id/read',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Mark one as read',
        params: Type.Object({ notification_id: Id }),
        response: answers(200, Done),
      },
    },
    async (request) => {
      const { user_id } = callerOf(request)
      const { notification_id } = request.params
      const found = await core.store.transaction(
        (trx) => markRead(trx, user_id, notification_id, request.now),
        runAgain,
      )
      if (!found) throw notFound()
      return { status: 'success' as const }
    },
  )
}

export function presentWith(context: TextContext): Present {
  return (row) => {
    const kind = row.kind as Notification['kind']
    const data = JSON.parse(row.data) as Notification['data']
    return {
      notification_id: row.notification_id,
      kind,
      ...notificationText(kind, data, context),
      data,
      created_at: toTimestamp(row.created_at),
      read_at: toTimestampOrNull(row.read_at),
    }
  }
}
