// Owns who may call a route: every route declares it, and it is decided before the body is read.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Caller } from '../../lib/cause.ts'
import type { Cause } from '../../lib/cause.ts'
import type { Clock } from '../../lib/clock.ts'
import { defineError } from '../../lib/errors.ts'
import { atLeast, type Role } from '../../lib/roles.ts'
import { notAllowed, notLoggedIn, secondFactorMissing } from './errors.ts'

/** `public`; the least role; or `metrics`: from loopback, or with the metrics token. */
export type Access = 'public' | Role | 'metrics'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Takes an Idempotency-Key. */
    keyed?: true
  }
  interface FastifyRequest {
    /** Who is logged in; null for a guest. */
    caller: Caller | null
    /** Epoch milliseconds at which the request is considered to happen. */
    now: number
  }
}

const SESSION_COOKIE = 'petshop_session'

/**
 * Over TLS its name begins with `__Host-`: browsers then take it from this host alone, over TLS alone, so that no
 * neighbour under the same domain can plant one (OWASP ASVS 5.0 §3.3.1).
 */
export function sessionCookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE
}

const twoCredentials = defineError('TWO_CREDENTIALS', 400, {
  zh: '不能同时使用 Cookie 和 Authorization，请只用一种。',
  en: 'Send either the cookie or Authorization, not both.',
})
const crossSite = defineError('CROSS_SITE', 403, {
  zh: '来自其他网站的请求被拒绝。',
  en: 'Requests from other sites are refused.',
})

export interface AccessOptions {
  /** The caller of a token, or null when it is unknown, expired or revoked. */
  readonly authenticate: (token: string, now: number) => Promise<Caller | null>
  readonly metricsToken: string | null
  readonly clock: Clock
}

export function useAccessControl(app: FastifyInstance, options: AccessOptions): void {
  app.decorateRequest('caller', null)
  app.decorateRequest('now', 0)
  app.addHook('onRoute', requireDeclaration)
  // Without a promise where nothing is waited for: this runs for every request.
  app.addHook('onRequest', (request, _reply, done) => {
    request.now = options.clock.now()
    const { access } = request.routeOptions.config
    // Only the not-found handler has none: it reveals nothing.
    if (access === undefined) return done()
    if (access === 'metrics') {
      allowMetrics(request, options.metricsToken)
      return done()
    }
    const token = tokenOf(request)
    if (token === null) return done(refusal(null, access))
    options.authenticate(token, request.now).then((caller) => {
      request.caller = caller
      done(refusal(caller, access))
    }, done)
  })
}

/** Why this caller may not call the route; undefined when they may. */
function refusal(caller: Caller | null, access: 'public' | Role): Error | undefined {
  if (access === 'public') return undefined
  if (!caller) return notLoggedIn()
  if (atLeast(caller.role, access)) return undefined
  return caller.lacksSecondFactor ? secondFactorMissing() : notAllowed()
}

/** The logged-in caller; for routes whose access is a role. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw notLoggedIn()
  return request.caller
}

export function causeOf(request: FastifyRequest): Cause {
  const { caller, id, now, traceparent } = request
  const cause = { actor_id: caller?.user_id ?? null, request_id: id, now }
  return traceparent === undefined ? cause : { ...cause, traceparent }
}

function requireDeclaration(route: RouteOptions): void {
  if (route.config?.access === undefined) {
    throw new Error(
      `${String(route.method)} ${route.url} doesn't declare who may call it (config.access)`,
    )
  }
}

function tokenOf(request: FastifyRequest): string | null {
  const bearer = bearerOf(request)
  const cookie = sessionCookieOf(request)
  if (bearer !== null && cookie) throw twoCredentials()
  if (bearer !== null) return bearer
  if (!cookie) return null
  if (!isSafe(request.method) && !isSameOrigin(request)) throw crossSite()
  return cookie
}

/** The token that a browser sent along; undefined without one. */
export function sessionCookieOf(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  if (cookie === undefined) return undefined
  return request.server.parseCookie(cookie)[sessionCookieName(request)]
}

function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  return header && /^bearer /i.test(header) ? header.slice('bearer '.length).trim() : null
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

/**
 * Browsers say where a request comes from, and pages cannot forge it. A browser that says nothing is too
 * old to be trusted with a cookie.
 */
export function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const origin = request.headers.origin
  if (origin === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === request.host
}

function allowMetrics(request: FastifyRequest, token: string | null): void {
  const address = request.socket.remoteAddress ?? ''
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded
  const loopback = address === '::1' || address.replace('::ffff:', '').startsWith('127.')
  if (loopback && forwarded === undefined) return
  if (token !== null && isSameSecret(bearerOf(request) ?? '', token)) return
  throw notAllowed()
}

/** In the same time whatever the difference; hashed, so that the length tells nothing either. */
function isSameSecret(given: string, right: string): boolean {
  const [one, other] = [given, right].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}
