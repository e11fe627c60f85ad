// Owns the HTTP server: its limits, hooks and order of checks. It knows no module.
import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dialect } from '../db/dialect.ts'
import type { Log } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import { type AccessOptions, useAccessControl } from './access.ts'
import { answerUnreadable, badJson, sendUnreadable, useErrorAnswers } from './errors.ts'
import { observeRequests, type Observers } from './observation.ts'
import { declareDocsPublic, useOpenApi } from './openapi.ts'
import { useSecurityHeaders } from './security-headers.ts'
import { buildSerializers } from './serializers.ts'
import { useStrictValidation } from './validation.ts'

export type HttpServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface HttpOptions extends AccessOptions, Observers {
  readonly log: Log
  readonly metrics: Metrics
  readonly dialect: Dialect
  readonly trustProxy: string | null
  /** False for a server without an API: no description, no pages of it. */
  readonly described?: boolean
}

const BODY_LIMIT_BYTES = 1024 * 1024
/** A photo of 10 MiB, or a long catalogue, may come over a slow line. */
const REQUEST_TIMEOUT_MS = 120_000
const HEADERS_TIMEOUT_MS = 30_000

export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // One line per request would cost more than the request; failures are logged where they happen.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'http.request.id',
    }),
    clientErrorHandler: answerUnreadable,
    frameworkErrors: sendUnreadable,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    // Who is inside when the server closes is served as ever, and told not to come back on this connection.
    return503OnClosing: false,
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildSerializer: buildSerializers } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  takeJsonOnly(app)
  useErrorAnswers(app, options.dialect)
  useStrictValidation(app)
  // Whoever needs a cookie parses it; most requests have none.
  await app.register(cookie, { hook: false })
  observeRequests(app, options)
  useSecurityHeaders(app)
  declareDocsPublic(app)
  useAccessControl(app, options)
  measureRequests(app, options.metrics)
  endConnectionsWhenClosing(app)
  if (options.described !== false) await useOpenApi(app)
  return app
}

/** Whoever is being served when the server closes is told not to come back on this connection. */
function endConnectionsWhenClosing(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close')
    done(null, payload)
  })
}

/** What a form on another site can send must not be taken, and bytes that are no text not be guessed at. */
function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (isUtf8(body)) void parse(request, body.toString(), done)
      else done(badJson())
    },
  )
}

function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.requests.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
    done()
  })
}
