// Owns the live stream: server-sent events that resume after the last one seen and never buffer without bound.
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { defineError } from '../../lib/errors.ts'
import { oneOf, strict } from '../../lib/wire.ts'
import { callerOf } from '../../platform/http/access.ts'
import { languageOf } from '../../platform/http/language.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Live, Listener } from './live-actions.ts'
import type { Present } from './routes.ts'
import type { NotificationRow } from './store.ts'

const StreamQuery = Type.Object(
  {
    /** Send everything after this notification first; the header Last-Event-ID does the same. */
    since: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    /** EventSource cannot set Accept-Language. */
    lang: Type.Optional(oneOf(['zh', 'en'])),
  },
  strict,
)

const MAX_STREAMS_PER_USER = 20
/** A reader who hasn't taken anything for this long is gone. */
const STALLED_MS = 30_000
/** For the browser: how soon to reconnect. */
const RECONNECT_MS = 2000

const tooManyStreams = defineError('TOO_MANY_STREAMS', 429, {
  zh: '打开的页面太多了，请关闭一些。',
  en: 'Too many pages are open; close some.',
})

export interface StreamOptions {
  readonly live: Live
  readonly presentFor: (language: 'zh' | 'en') => Promise<Present>
  readonly isSessionLive: (session_id: number) => Promise<boolean>
}

export function streamRoute(app: HttpServer, options: StreamOptions): void {
  app.get(
    '/api/notifications/stream',
    {
      // A HEAD would never end.
      exposeHeadRoute: false,
      config: { access: 'customer' },
      schema: {
        tags: ['notifications'],
        summary: 'Live notifications as server-sent events (`event: notification`)',
        querystring: StreamQuery,
        response: answers(
          200,
          Type.Unsafe({ content: { 'text/event-stream': { schema: Type.String() } } }),
        ),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const since = request.query.since ?? lastEventId(request)
      const present = await options.presentFor(request.query.lang ?? languageOf(request))
      // Nothing is awaited between counting and listening: many at once can't slip through.
      if (options.live.countOf(caller.user_id) >= MAX_STREAMS_PER_USER) {
        throw tooManyStreams({ retryAfter: 30 })
      }
      openStream(reply)
      const listener = createListener(reply, caller.user_id, present, () =>
        options.isSessionLive(caller.session_id),
      )
      const leave = options.live.listen(listener, since)
      // The request's close means nothing here: it was read long ago.
      reply.raw.once('close', leave)
      if (reply.raw.closed) leave()
    },
  )
}

function openStream(reply: FastifyReply): void {
  reply.hijack()
  const headers = { ...reply.getHeaders() } as Record<string, string>
  // A line that breaks in the middle of a write ends with `close`; it is nobody's fault.
  reply.raw.on('error', () => undefined)
  reply.raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    connection: 'keep-alive',
    // nginx would wait for a full buffer.
    'x-accel-buffering': 'no',
  })
  // By themselves: Node keeps them for as long as the line is open, sent so in one piece instead of seventy.
  reply.raw.flushHeaders()
  reply.raw.write(`retry: ${RECONNECT_MS}\n\n`)
}

function createListener(
  reply: FastifyReply,
  user_id: number,
  present: Present,
  isSessionLive: () => Promise<boolean>,
): Listener {
  const { raw } = reply
  let stalledSince: number | null = null
  return {
    user_id,
    write(row: NotificationRow) {
      const item = present(row)
      const data = JSON.stringify(item)
      return raw.write(`id: ${item.notification_id}\nevent: notification\ndata: ${data}\n\n`)
    },
    async drained() {
      stalledSince ??= performance.now()
      await drainedOrGone(raw)
      stalledSince = null
    },
    async beat() {
      if (stalledSince !== null) return performance.now() - stalledSince < STALLED_MS
      if (raw.destroyed || !(await isSessionLive())) return false
      raw.write(': beat\n\n')
      return true
    },
    close: () => raw.destroy(),
  }
}

function drainedOrGone(raw: ServerResponse): Promise<void> {
  if (raw.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done).off('close', done)
      resolve()
    }
    raw.on('drain', done).on('close', done)
  })
}

export function lastEventId(request: Pick<FastifyRequest, 'headers'>): number | null {
  const header = request.headers['last-event-id']
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) return null
  return Number(header)
}
