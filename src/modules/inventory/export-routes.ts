// Owns the HTTP side of exports: products as import reads them, and the ledger for bookkeepers.
import Type from 'typebox'
import { Id, oneOf, strict, Timestamp } from '../../lib/wire.ts'
import { csvAnswers, sendCsv } from '../../platform/http/csv-answer.ts'
import { languageOf } from '../../platform/http/language.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import {
  exportListed,
  exportMovements,
  type ExportNeeds,
  exportProducts,
} from './export-actions.ts'
import { InventoryQuery, LEDGER_KINDS } from './schema.ts'

const tags = ['stock']

export function exportRoutes(app: HttpServer, { store }: Core, needs: ExportNeeds): void {
  app.get(
    '/api/inventory/export',
    {
      config: { access: 'manager' },
      schema: {
        tags,
        summary: 'All products as CSV; import reads it back',
        description:
          'With `sort` or a filter those that the list shows, in its order. The columns are named in the language of Accept-Language.',
        querystring: Type.Interface(
          [Type.Omit(InventoryQuery, ['limit', 'cursor'])],
          { format: Type.Optional(oneOf(['csv'])) },
          strict,
        ),
        response: csvAnswers,
      },
    },
    (request, reply) => {
      const { format: _, active, ...filters } = request.query
      const language = languageOf(request)
      const isListed = Object.keys(filters).length > 0
      const text = isListed
        ? exportListed(store, needs, { ...filters, active: active ?? true }, language)
        : exportProducts(store, needs, { language, active })
      sendCsv(request, reply, 'products', text)
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
          {
            from: Type.Optional(Timestamp),
            to: Type.Optional(Timestamp),
            product_id: Type.Optional(Id),
            kind: Type.Optional(oneOf(LEDGER_KINDS)),
          },
          strict,
        ),
        response: csvAnswers,
      },
    },
    (request, reply) => {
      const { from, to, ...filters } = request.query
      const lines = exportMovements(store, needs, {
        ...filters,
        language: languageOf(request),
        from: from === undefined ? from : Date.parse(from),
        to: to === undefined ? to : Date.parse(to),
      })
      sendCsv(request, reply, 'movements', lines)
    },
  )
}
