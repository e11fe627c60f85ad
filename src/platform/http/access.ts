// Owns who may call a route: every route declares it, and it is decided before the body is read.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Caller } from '../../lib/cause.ts'
import type { Cause } from '../../lib/cause.ts'
import type { Clock } from '../../lib/clock.ts'
import { defineError } from '../../lib/errors.ts'
import { atLeast, type Role } from '../../lib/roles.ts'
import { notAllowed, notLoggedIn } from './errors.ts'

/** `public`; the least role; or `metrics`: from loopback, or with the metrics token. */
export type Access = 'public' | Role | 'metrics'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Who is logged in; null for a guest. */
    caller: Caller | null
    /** Epoch milliseconds at which the request is considered to happen. */
    now: number
  }
}

export const SESSION_COOKIE = 'petshop_session'

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
  app.addHook('onRequest', async (request) => {
    request.now = options.clock.now()
    const access = request.routeOptions.config.access
    // Only the not-found handler has none: it reveals nothing.
    if (access === undefined) return
    if (access === 'metrics') return allowMetrics(request, options.metricsToken)
    const token = tokenOf(request)
    request.caller = token === null ? null : await options.authenticate(token, request.now)
    if (access === 'public') return
    if (!request.caller) throw notLoggedIn()
    if (!atLeast(request.caller.role, access)) throw notAllowed()
  })
}

/** The logged-in caller; for routes whose access is a role. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw notLoggedIn()
  return request.caller
}

export function causeOf(request: FastifyRequest): Cause {
  return { actor_id: request.caller?.user_id ?? null, request_id: request.id, now: request.now }
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
  const cookie = request.cookies[SESSION_COOKIE]
  if (bearer !== null && cookie) throw twoCredentials()
  if (bearer !== null) return bearer
  if (!cookie) return null
  if (!isSafe(request.method) && !isSameOrigin(request)) throw crossSite()
  return cookie
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
