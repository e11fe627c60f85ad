// Owns serving the built pages.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendNoSuchRoute } from './errors.ts'
import type { HttpServer } from './server.ts'

const PAGES_DIR = fileURLToPath(new URL('../../../web/dist', import.meta.url))

const YEAR_MS = 365 * 24 * 3600 * 1000
const HOUR_MS = 3600 * 1000

/** Says whether the pages have been built. */
export function pagesAreBuilt(): boolean {
  return existsSync(join(PAGES_DIR, 'index.html'))
}

export async function usePages(app: HttpServer): Promise<void> {
  await app.register(fastifyStatic, { root: PAGES_DIR, serve: false, preCompressed: true })

  // Built files have their content's hash in the name: they never change.
  app.get('/assets/*', publicPage, (request, reply) =>
    reply.sendFile(`assets/${wildcard(request)}`, { maxAge: YEAR_MS, immutable: true }),
  )
  app.get('/*', publicPage, (request, reply) => {
    const path = wildcard(request)
    if (/^api(\/|$)/.test(path)) return sendNoSuchRoute(request, reply)
    if (path.includes('.') && path !== 'index.html')
      return reply.sendFile(path, { maxAge: HOUR_MS })
    return sendIndex(reply)
  })
  app.setNotFoundHandler((request, reply) => sendNoSuchRoute(request, reply))
}

const publicPage = { config: { access: 'public' as const }, schema: { hide: true } }

/** Every page of the web application is the same file; it looks at the address itself. */
function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
}

function wildcard(request: FastifyRequest): string {
  return (request.params as { '*': string })['*']
}
