// Owns the HTTP side of one's own account: making it, reading it, changing it.
import { Done, nullable, oneItem, ref } from '../../lib/wire.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { changePassword, changeProfile, register } from './actions.ts'
import type { UsersContext } from './context.ts'
import { CurrentUser, PasswordChange, ProfilePatch, RegisterBody, User } from './schema.ts'
import { findUser, presentUser } from './store.ts'

const tags = ['users']

export function accountRoutes(app: HttpServer, ctx: UsersContext): void {
  for (const schema of [User, CurrentUser, RegisterBody, ProfilePatch, PasswordChange])
    app.addSchema(schema)

  app.post(
    '/api/register',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: "Make a customer's account",
        body: ref(RegisterBody),
        response: answers(201, oneItem(ref(User))),
      },
    },
    async (request, reply) => {
      const item = await register(ctx, request.body, request.ip, causeOf(request))
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.get(
    '/api/session',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Who is logged in here; null for a guest',
        response: answers(200, oneItem(nullable(ref(CurrentUser)))),
      },
    },
    async (request) => {
      const { caller } = request
      const row = caller ? await findUser(ctx.core.store.db, caller.user_id) : null
      const lacks = caller?.lacksSecondFactor && { lacks_second_factor: true }
      return { status: 'success' as const, item: row ? { ...presentUser(row), ...lacks } : null }
    },
  )

  app.get(
    '/api/me',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'The account that is logged in',
        response: answers(200, oneItem(ref(User))),
      },
    },
    async (request) => {
      const row = await findUser(ctx.core.store.db, callerOf(request).user_id)
      if (!row) throw notFound()
      return { status: 'success' as const, item: presentUser(row) }
    },
  )

  app.patch(
    '/api/me',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: "Change one's own e-mail, display name or phone",
        body: ref(ProfilePatch),
        response: answers(200, oneItem(ref(User))),
      },
    },
    async (request) => {
      const item = await changeProfile(ctx, callerOf(request), request.body, causeOf(request))
      return { status: 'success' as const, item }
    },
  )

  app.put(
    '/api/me/password',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: "Change one's own password; all other sessions end",
        body: ref(PasswordChange),
        response: answers(200, Done),
      },
    },
    async (request) => {
      await changePassword(ctx, callerOf(request), request.body, causeOf(request))
      return { status: 'success' as const }
    },
  )
}
