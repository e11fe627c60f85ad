// Owns the HTTP side of everybody's accounts, for staff.
import Type from 'typebox'
import { Done, Id, itemList, oneItem, ref, strict } from '../../lib/wire.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { UsersContext } from './context.ts'
import { ownEmail } from './errors.ts'
import { maySee } from './rules.ts'
import { NewUser, User, UserPatch, UserQuery } from './schema.ts'
import { listUsers } from './search-store.ts'
import { findUser, presentUser, roleOf } from './store.ts'
import { changeUser, createUserAs, deleteUser } from './users-actions.ts'

const tags = ['users']
const UserId = Type.Object({ user_id: Id }, strict)

export function userRoutes(app: HttpServer, ctx: UsersContext): void {
  for (const schema of [NewUser, UserPatch]) app.addSchema(schema)
  listRoute(app, ctx)

  app.post(
    '/api/users',
    {
      config: { access: 'manager', keyed: true },
      schema: {
        tags,
        summary: 'Make an account of any role below one’s own; the owner, of any role',
        body: ref(NewUser),
        response: answers(201, oneItem(ref(User))),
      },
    },
    async (request, reply) => {
      const actor = callerOf(request)
      const cause = causeOf(request)
      const item = await createUserAs(ctx, actor, request.body, keyOf(request), cause)
      return reply.code(201).send({ status: 'success', item })
    },
  )

  app.get(
    '/api/users/:user_id',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'One account; clerks see customers',
        params: UserId,
        response: answers(200, oneItem(ref(User))),
      },
    },
    async (request) => {
      const row = await findUser(ctx.core.store.db, request.params.user_id)
      if (!row || !maySee(callerOf(request), roleOf(row.role))) throw notFound()
      return { status: 'success' as const, item: presentUser(row) }
    },
  )

  app.patch(
    '/api/users/:user_id',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Change, disable or enable an account, or give it another role',
        params: UserId,
        body: ref(UserPatch),
        response: answers(200, oneItem(ref(User))),
      },
    },
    async (request) => {
      const { user_id } = request.params
      const actor = callerOf(request)
      // Mail leads into the account: an open screen must not be enough to turn it elsewhere.
      if (user_id === actor.user_id && request.body.email !== undefined) throw ownEmail()
      const item = await changeUser(ctx, actor, user_id, request.body, causeOf(request))
      return { status: 'success' as const, item }
    },
  )

  app.delete(
    '/api/users/:user_id',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'Delete an account: the person is erased, the orders stay',
        params: UserId,
        response: answers(200, Done),
      },
    },
    async (request) => {
      await deleteUser(ctx, callerOf(request), request.params.user_id, causeOf(request))
      return { status: 'success' as const }
    },
  )
}

function listRoute(app: HttpServer, ctx: UsersContext): void {
  app.get(
    '/api/users',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Find accounts by name, e-mail or phone; clerks find customers',
        querystring: UserQuery,
        response: answers(200, itemList(ref(User))),
      },
    },
    async (request) => {
      const { limit = 20, search, active, cursor } = request.query
      const caller = callerOf(request)
      const role = request.query.role ?? (maySee(caller, 'clerk') ? undefined : 'customer')
      if (role && !maySee(caller, role)) throw notAllowed()
      const page = await listUsers(ctx.core.store.db, { search, role, active, limit, cursor })
      return {
        status: 'success' as const,
        items: page.items.map(presentUser),
        next_cursor: page.next_cursor,
      }
    },
  )
}
