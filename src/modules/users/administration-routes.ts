// Owns the HTTP side of what managers do to others' ways in: their sessions and passwords.
import Type from 'typebox'
import { Done, Id, itemList, ref, strict } from '../../lib/wire.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import {
  endSessionAs,
  endSessionsAs,
  refuseAbove,
  setPasswordAs,
} from './administration-actions.ts'
import type { UsersContext } from './context.ts'
import { NewPassword, Session } from './schema.ts'
import { listSessions, presentSession } from './sessions-store.ts'
import { findUser } from './store.ts'

const tags = ['users']
const UserId = Type.Object({ user_id: Id }, strict)
const SessionId = Type.Object({ user_id: Id, session_id: Id }, strict)

export function administrationRoutes(app: HttpServer, ctx: UsersContext): void {
  app.addSchema(NewPassword)
  const { store } = ctx.core

  app.get(
    '/api/users/:user_id/sessions',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary:
          'Where somebody below oneself is logged in, the last used first; the owner, anybody',
        params: UserId,
        response: answers(200, itemList(ref(Session))),
      },
    },
    async (request) => {
      const { user_id } = request.params
      const row = await findUser(store.db, user_id)
      if (!row) throw notFound()
      refuseAbove(callerOf(request), row)
      const rows = await listSessions(store.db, user_id, request.now)
      const { session_id } = callerOf(request)
      const items = rows.map((row) => presentSession(row, session_id))
      return { status: 'success' as const, items, next_cursor: null }
    },
  )

  app.delete(
    '/api/users/:user_id/sessions',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'End all sessions of somebody below oneself; the owner, of anybody',
        params: UserId,
        response: answers(200, Done),
      },
    },
    async (request) => {
      await endSessionsAs(ctx, callerOf(request), request.params.user_id)
      return { status: 'success' as const }
    },
  )

  app.delete(
    '/api/users/:user_id/sessions/:session_id',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'End one session of somebody below oneself; the owner, of anybody',
        params: SessionId,
        response: answers(200, Done),
      },
    },
    async (request) => {
      const { user_id, session_id } = request.params
      if (!(await endSessionAs(ctx, callerOf(request), user_id, session_id))) throw notFound()
      return { status: 'success' as const }
    },
  )

  app.put(
    '/api/users/:user_id/password',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Give somebody below oneself a new password; the owner, anybody',
        description:
          "All their sessions end. For one's own account there is PUT /api/me/password, which asks for the current one.",
        params: UserId,
        body: ref(NewPassword),
        response: answers(200, Done),
      },
    },
    async (request) => {
      const { user_id } = request.params
      const { new_password } = request.body
      await setPasswordAs(ctx, callerOf(request), user_id, new_password, causeOf(request))
      return { status: 'success' as const }
    },
  )
}
