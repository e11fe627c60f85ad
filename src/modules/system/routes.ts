// Owns what an operator asks the program: is it well, what waits, what failed; and the replay of what failed.
import Type from 'typebox'
import { defineError } from '../../lib/errors.ts'
import { Done, Id, itemList, oneItem, ref, toTimestamp } from '../../lib/wire.ts'
import {
  eventOf,
  type FailedRow,
  listDeadLetters,
  replayDeadLetter,
} from '../../platform/events/failed-deliveries.ts'
import { causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { createMetricsPage } from '../../platform/monitoring/page.ts'
import { recordAct } from '../audit/index.ts'
import type { Backups } from './backup-actions.ts'
import { backupRoutes } from './backup-routes.ts'
import { DeadLetter, DeadLetterQuery, SystemState } from './schema.ts'
import { createGauges, readState, type StateSources } from './state.ts'

const tags = ['system']

const closing = defineError('SHUTTING_DOWN', 503, {
  zh: '服务正在关闭，请稍后再试。',
  en: 'The server is shutting down; try again in a moment.',
})

const threadSilent = defineError('BACKGROUND_SILENT', 503, {
  zh: '后台线程没有响应，暂时不能下单。',
  en: 'The background thread does not answer: no orders can be placed right now.',
})
/** Longer than any step of background work. */
const MOST_SILENT_MS = 5000

export interface SystemRoutesOptions {
  readonly core: Core
  readonly sources: StateSources
  readonly backups: Backups
  /** False while the program is shutting down. */
  readonly accepting: () => boolean
}

export function systemRoutes(app: HttpServer, options: SystemRoutesOptions): void {
  app.addSchema(SystemState)
  app.addSchema(DeadLetter)
  healthRoutes(app, options)
  stateRoutes(app, options)
  deadLetterRoutes(app, options)
  backupRoutes(app, options.backups, (request, act, name) =>
    recordAct(options.core.store, causeOf(request), { act, subject: ['backup', name] }),
  )
}

/** Also what a process offers that does nothing but background work. */
export function healthRoutes(
  app: HttpServer,
  { core, sources, accepting }: Omit<SystemRoutesOptions, 'backups'>,
): void {
  const page = createMetricsPage({
    registry: core.metrics.registry,
    refresh: createGauges(core, sources),
    countedElsewhere: sources.countedElsewhere,
    onStale: () => core.metrics.storeUp.set(0),
  })
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Is the process alive?', response: answers(200, Done) },
    },
    async () => ({ status: 'success' as const }),
  )
  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Can it serve requests?', response: answers(200, Done) },
    },
    async () => {
      if (!accepting()) throw closing({ retryAfter: 5 })
      if ((await sources.threadSilentMs()) > MOST_SILENT_MS) throw threadSilent({ retryAfter: 5 })
      await core.store.ping()
      return { status: 'success' as const }
    },
  )
  app.get(
    '/metrics',
    { config: { access: 'metrics' }, schema: { hide: true } },
    async (_request, reply) => {
      return reply.type(page.contentType).send(await page.read())
    },
  )
}

function stateRoutes(app: HttpServer, { core, sources }: SystemRoutesOptions): void {
  app.get(
    '/api/system',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: 'Backlog per group, size of the store, live connections',
        response: answers(200, oneItem(ref(SystemState))),
      },
    },
    async () => ({ status: 'success' as const, item: await readState(core, sources) }),
  )
}

function deadLetterRoutes(app: HttpServer, { core }: SystemRoutesOptions): void {
  app.get(
    '/api/system/dead-letters',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: 'Deliveries that were given up, newest first',
        querystring: DeadLetterQuery,
        response: answers(200, itemList(ref(DeadLetter))),
      },
    },
    async (request) => {
      const { limit = 20, ...query } = request.query
      const page = await listDeadLetters(core.store.db, { limit, ...query })
      const { next_cursor } = page
      return { status: 'success' as const, items: page.items.map(presentDeadLetter), next_cursor }
    },
  )
  app.post(
    '/api/system/dead-letters/:dead_letter_id/replay',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: 'Deliver it once more, with all attempts',
        params: Type.Object({ dead_letter_id: Id }),
        response: answers(200, Done),
      },
    },
    async (request) => {
      const { dead_letter_id } = request.params
      if (!(await replayDeadLetter(core.store, dead_letter_id, request.now))) throw notFound()
      return { status: 'success' as const }
    },
  )
}

function presentDeadLetter(row: FailedRow): DeadLetter {
  return {
    dead_letter_id: row.failed_delivery_id,
    group: row.group_name,
    stream: row.stream as DeadLetter['stream'],
    event_id: row.event_id,
    type: row.type,
    payload: eventOf(row).payload,
    attempts: row.attempts,
    error: row.error,
    failed_at: toTimestamp(row.failed_at),
  }
}
