// Owns what is seen of each request where that is switched on: its span, and its line in the log.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Log } from '../logging.ts'
import type { Span, Tracing } from '../telemetry/tracing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** For what follows from a request that is traced. */
    traceparent: string | undefined
  }
}

export interface Observers {
  readonly tracing?: Tracing | null
  /** The log of the category `request`. */
  readonly requestLog?: Log | null
}

/** Before everything else a request meets, so that its time is whole. */
export function observeRequests(
  app: FastifyInstance,
  { tracing = null, requestLog = null }: Observers,
): void {
  app.decorateRequest('traceparent', undefined)
  if (tracing) traceRequests(app, tracing)
  if (requestLog) logRequests(app, requestLog)
}

function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const parent = request.headers['traceparent']
    const span = tracing.begin(`${request.method} ${route}`, 'server', oneOf(parent), {
      'http.request.method': request.method,
      'http.route': route,
      'url.path': pathOf(request),
    })
    spans.set(request, span)
    request.traceparent = span.traceparent
    request.log = reply.log = request.log.child({ 'trace.id': span.traceId })
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode
    const facts = { 'http.response.status_code': status }
    spans.get(request)?.end({ failed: status >= 500, facts })
    done()
  })
}

/** The address without its query: people search for names. */
function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const trace = request.traceparent?.split('-')[1]
    log.info(
      {
        'http.request.id': request.id,
        'http.request.method': request.method,
        'http.response.status_code': reply.statusCode,
        'url.path': pathOf(request),
        'event.duration': Math.round(reply.elapsedTime * 1e6),
        ...(request.caller && { 'user.id': String(request.caller.user_id) }),
        ...(trace && { 'trace.id': trace }),
      },
      'request',
    )
    done()
  })
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
