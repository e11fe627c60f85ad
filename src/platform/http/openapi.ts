// Owns the API's description: OpenAPI 3.1 made from the same schemas that check the requests.
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { Failure, ref } from '../../lib/wire.ts'
import { KEY_HEADER } from './idempotency.ts'

const DOCS = '/api/docs'
const FAILURES = { '4xx': ref(Failure), '5xx': ref(Failure) }

/** Before the access control: the pages of the description come from a plugin, and anybody may read them. */
export function declareDocsPublic(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith(DOCS)) route.config = { ...route.config, access: 'public' }
  })
}

export async function useOpenApi(app: FastifyInstance): Promise<void> {
  // Not with this file: a thread without HTTP, which has its routes too, would keep them in memory.
  const { default: swagger } = await import('@fastify/swagger')
  const { default: swaggerUi } = await import('@fastify/swagger-ui')
  app.addSchema(Failure)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Petshop API · 宠物店管理系统',
        version: '1',
        description:
          'Money is integer minor units, times are ISO 8601 UTC. Programs send `Authorization: Bearer`, browsers a cookie. POSTs that create take an `Idempotency-Key`.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json.$id === 'string' ? json.$id : `def-${String(i)}`,
    },
    transform({ schema, url, route }) {
      const access = route.config?.access
      const security = access === 'public' ? [] : [{ bearer: [] }]
      const least = access && access !== 'public' ? ` Least role: ${access}.` : ''
      const description = `${schema?.description ?? ''}${least}`.trim()
      const { response } = schema ?? {}
      return {
        url,
        schema: {
          ...schema,
          ...(route.config?.keyed && { headers: KEY_HEADER }),
          security,
          ...(description && { description }),
          ...(response ? { response: { ...(response as object), ...FAILURES } } : {}),
        },
      }
    },
  })
  await app.register(swaggerUi, { routePrefix: DOCS, uiConfig: { docExpansion: 'list' } })
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () =>
    app.swagger(),
  )
}

/** What a route answers on success. Failures are written by the error handler, and described with every route. */
export function answers<S extends number, T extends TSchema>(status: S, schema: T) {
  return { [status]: schema } as Record<S, T>
}
