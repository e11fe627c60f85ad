// Owns the HTTP side of sessions: a token for programs, an HttpOnly cookie for browsers, never both.
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { Done, Id, itemList, ref, strict, toTimestamp } from '../../lib/wire.ts'
import {
  callerOf,
  causeOf,
  isSameOrigin,
  sessionCookieName,
  sessionCookieOf,
} from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { UsersContext } from './context.ts'
import { cookieNeedsOrigin } from './errors.ts'
import { LoginAnswer, LoginBody, Session } from './schema.ts'
import {
  type Device,
  endOtherSessions,
  endSession,
  type LoggedIn,
  logIn,
} from './sessions-actions.ts'
import { listSessions, presentSession } from './sessions-store.ts'

const tags = ['users']

export function sessionRoutes(app: HttpServer, ctx: UsersContext): void {
  for (const schema of [LoginBody, LoginAnswer, Session]) app.addSchema(schema)
  const { store } = ctx.core

  app.post(
    '/api/login',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Log in with username or e-mail',
        description:
          'Programs get a token for `Authorization: Bearer`. With `cookie: true` a browser gets an HttpOnly cookie instead. An account with two-step login answers SECOND_FACTOR_NEEDED (401) to the right password alone: send it again with `code`.',
        body: ref(LoginBody),
        response: answers(200, ref(LoginAnswer)),
      },
    },
    async (request, reply) => {
      const { username, password, code = null, cookie = false } = request.body
      if (cookie && !isSameOrigin(request)) throw cookieNeedsOrigin()
      const replaces = cookie ? request.caller : null
      const login = { username, password, code, device: deviceOf(request), replaces }
      const loggedIn = await logIn(ctx, login, causeOf(request))
      return answerLogin(request, reply, loggedIn, cookie)
    },
  )

  app.post(
    '/api/logout',
    {
      config: { access: 'customer' },
      schema: { tags, summary: 'End this session', response: answers(200, Done) },
    },
    async (request, reply) => {
      const { user_id, session_id } = callerOf(request)
      await endSession(ctx, user_id, session_id)
      if (sessionCookieOf(request)) {
        // Browsers take nothing about such a name that isn't secure.
        const secure = request.protocol === 'https'
        void reply.clearCookie(sessionCookieName(request), { path: '/', secure })
      }
      return { status: 'success' as const }
    },
  )

  app.get(
    '/api/me/sessions',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Where one is logged in, the last used first',
        response: answers(200, itemList(ref(Session))),
      },
    },
    async (request) => {
      const { user_id, session_id } = callerOf(request)
      const rows = await listSessions(store.db, user_id, request.now)
      const items = rows.map((row) => presentSession(row, session_id))
      return { status: 'success' as const, items, next_cursor: null }
    },
  )

  app.delete(
    '/api/me/sessions',
    {
      config: { access: 'customer' },
      schema: { tags, summary: 'End all other sessions', response: answers(200, Done) },
    },
    async (request) => {
      await endOtherSessions(ctx, callerOf(request))
      return { status: 'success' as const }
    },
  )

  app.delete(
    '/api/me/sessions/:session_id',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: "End one of one's own sessions",
        params: Type.Object({ session_id: Id }, strict),
        response: answers(200, Done),
      },
    },
    async (request) => {
      const { user_id } = callerOf(request)
      const { session_id } = request.params
      if (!(await endSession(ctx, user_id, session_id))) throw notFound()
      return { status: 'success' as const }
    },
  )
}

export function deviceOf(request: FastifyRequest): Device {
  return { user_agent: request.headers['user-agent'] ?? '', address: request.ip }
}

/** Hands over a new session: as a cookie, or as a token in the body. */
export function answerLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  loggedIn: LoggedIn,
  cookie: boolean,
): Static<typeof LoginAnswer> {
  const { token, user_id, role, expires_at, last_end } = loggedIn
  // Nobody between here and the caller may keep it.
  void reply.header('cache-control', 'no-store')
  const answer = { status: 'success' as const, user_id, role, expires_at: toTimestamp(expires_at) }
  if (!cookie) return { ...answer, token }
  void reply.setCookie(sessionCookieName(request), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: Math.floor((last_end - request.now) / 1000),
  })
  return answer
}
