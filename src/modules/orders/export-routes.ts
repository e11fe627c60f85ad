// Owns the HTTP side of exporting orders, for bookkeepers.
import Type from 'typebox'
import { oneOf, strict, Timestamp } from '../../lib/wire.ts'
import { csvAnswers, sendCsv } from '../../platform/http/csv-answer.ts'
import { languageOf } from '../../platform/http/language.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { type ExportNeeds, exportOrders } from './export-actions.ts'
import { ORDER_STATUSES } from './schema.ts'

export function exportRoutes(app: HttpServer, { store }: Core, needs: ExportNeeds): void {
  app.get(
    '/api/orders/export',
    {
      config: { access: 'manager' },
      schema: {
        tags: ['orders'],
        summary: 'Orders as CSV, a row for each line of an order, oldest first',
        description: 'The columns are named in the language of Accept-Language.',
        querystring: Type.Object(
          {
            from: Type.Optional(Timestamp),
            to: Type.Optional(Timestamp),
            status: Type.Optional(oneOf(ORDER_STATUSES)),
          },
          strict,
        ),
        response: csvAnswers,
      },
    },
    (request, reply) => {
      const { from, to, status } = request.query
      const text = exportOrders(store, needs, {
        language: languageOf(request),
        status,
        from: from === undefined ? from : Date.parse(from),
        to: to === undefined ? to : Date.parse(to),
      })
      sendCsv(request, reply, 'orders', text)
    },
  )
}
