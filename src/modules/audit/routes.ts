// Owns the HTTP side of the audit log: the owner reads it and takes it home, and nobody writes it.
import Type from 'typebox'
import { itemList, ref } from '../../lib/wire.ts'
import { causeOf } from '../../platform/http/access.ts'
import { sendText } from '../../platform/http/csv-answer.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Store } from '../../platform/db/store.ts'
import { recordAct } from './actions.ts'
import { exportEntries, presentEntries, type Usernames } from './export-actions.ts'
import { AuditEntry, AuditExportQuery, AuditQuery } from './schema.ts'
import { type EntryFilters, listEntries } from './store.ts'

const tags = ['audit']
const config = { access: 'owner' } as const

export function auditRoutes(app: HttpServer, store: Store, usernames: Usernames): void {
  app.addSchema(AuditEntry)

  app.get(
    '/api/audit',
    {
      config,
      schema: {
        tags,
        summary: 'What was done that matters for safety and money, newest first',
        querystring: AuditQuery,
        response: answers(200, itemList(ref(AuditEntry))),
      },
    },
    async (request) => {
      const { limit = 20, cursor, ...filters } = request.query
      const page = await listEntries(store.db, timed(filters), { limit, cursor })
      const items = await presentEntries(store.db, usernames, page.items)
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.get(
    '/api/audit/export',
    {
      config,
      schema: {
        tags,
        summary: 'The same as a file, oldest first: CSV, or a JSON object a line',
        querystring: AuditExportQuery,
        response: fileAnswers,
      },
    },
    async (request, reply) => {
      const { format = 'csv', ...filters } = request.query
      if (request.method !== 'HEAD') {
        const act = { act: 'audit.exported', subject: ['shop', 'audit'] } as const
        await recordAct(store, causeOf(request), { ...act, after: { ...filters, format } })
      }
      const text = exportEntries(store, usernames, timed(filters), format)
      sendText(request, reply, { name: 'audit', ...FILES[format] }, text)
      return reply
    },
  )
}

const FILES = {
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
  ndjson: { ending: 'ndjson', type: 'application/x-ndjson' },
} as const

const fileAnswers = {
  200: {
    description: 'CSV in UTF-8 with a byte order mark, or newline-delimited JSON.',
    content: {
      'text/csv': { schema: Type.String() },
      'application/x-ndjson': { schema: Type.String() },
    },
  },
} as const

type Times = { readonly from?: string | undefined; readonly to?: string | undefined }

function timed<F extends Times>({ from, to, ...filters }: F): Omit<F, keyof Times> & EntryFilters {
  const at = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time))
  return { ...filters, from: at(from), to: at(to) }
}
