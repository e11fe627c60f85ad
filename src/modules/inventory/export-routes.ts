// Owns the HTTP side of exports: products as import reads them, and the ledger for bookkeepers.
import Type from 'typebox'
import { oneOf, strict, Timestamp } from '../../lib/wire.ts'
import { csvAnswers, sendCsv } from '../../platform/http/csv-answer.ts'
import { languageOf } from '../../platform/http/language.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { exportMovements, type ExportNeeds, exportProducts } from './export-actions.ts'

const tags = ['stock']

export function exportRoutes(app: HttpServer, { store }: Core, needs: ExportNeeds): void {
  app.get(
    '/api/inventory/export',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'All products as CSV; import reads it back',
        description: 'The columns are named in the language of Accept-Language.',
        querystring: Type.Object(
          { active: Type.Optional(Type.Boolean()), format: Type.Optional(oneOf(['csv'])) },
          strict,
        ),
        response: csvAnswers,
      },
    },
    (request, reply) => {
      const options = { language: languageOf(request), active: request.query.active }
      sendCsv(request, reply, 'products', exportProducts(store, needs, options))
    },
  )

  app.get(
    '/api/inventory/movements/export',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'The ledger of stock as CSV, oldest first',
        querystring: Type.Object(
          { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) },
          strict,
        ),
        response: csvAnswers,
      },
    },
    (request, reply) => {
      const { from, to } = request.query
      const lines = exportMovements(store, needs, {
        language: languageOf(request),
        from: from === undefined ? from : Date.parse(from),
        to: to === undefined ? to : Date.parse(to),
      })
      sendCsv(request, reply, 'movements', lines)
    },
  )
}
