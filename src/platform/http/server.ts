// Owns the HTTP server: its limits, hooks and order of checks. It knows no module.
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
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
import { answerUnreadable, sendUnreadable, useErrorAnswers } from './errors.ts'
import { declareDocsPublic, useOpenApi } from './openapi.ts'
import { useStrictValidation } from './validation.ts'

export type HttpServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface HttpOptions extends AccessOptions {
  readonly log: Log
  readonly metrics: Metrics
  readonly dialect: Dialect
  readonly trustProxy: string | null
}

const BODY_LIMIT_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 30_000

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
    forceCloseConnections: 'idle',
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>()

  // Only JSON: what a form on another site can send must not be taken.
  app.removeContentTypeParser('text/plain')
  useErrorAnswers(app, options.dialect)
  useStrictValidation(app)
  await app.register(cookie)
  await app.register(helmet, helmetOptions)
  declareDocsPublic(app)
  useAccessControl(app, options)
  measureRequests(app, options.metrics)
  await useOpenApi(app)
  return app
}

const helmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // Ant Design writes its styles into the page.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'https:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Only means something over TLS; the proxy that ends TLS sets it.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' as const },
}

function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.requests.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
  })
}
