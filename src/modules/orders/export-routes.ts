// Owns the HTTP side of exporting orders, for bookkeepers.
import Type from 'typebox'
import { strict } from '../../lib/wire.ts'
import { causeOf } from '../../platform/http/access.ts'
import { csvAnswers, sendCsv } from '../../platform/http/csv-answer.ts'
import { languageOf } from '../../platform/http/language.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { recordAct } from '../audit/index.ts'
import { type ExportNeeds, exportOrders } from './export-actions.ts'
import { OrderQuery } from './schema.ts'

export function exportRoutes(app: HttpServer, { store }: Core, needs: ExportNeeds): void {
  app.get(
    '/api/orders/export',
    {
      config: { access: 'manager' },
      schema: {
        tags: ['orders'],
        summary: 'Orders as CSV, a row for each line of an order, oldest first',
        description:
          'Those that the list shows with the same filters. The columns are named in the language of Accept-Language.',
        querystring: Type.Omit(OrderQuery, ['limit', 'cursor'], strict),
        response: csvAnswers,
      },
    },
    async (request, reply) => {
      const { from, to, ...filters } = request.query
      if (request.method !== 'HEAD') {
        // What was searched for may be somebody's name.
        const { search: _private, ...after } = request.query
        const act = { act: 'orders.exported', subject: ['shop', 'orders'], after } as const
        await recordAct(store, causeOf(request), act)
      }
      const text = exportOrders(store, needs, {
        ...filters,
        language: languageOf(request),
        from: from === undefined ? from : Date.parse(from),
        to: to === undefined ? to : Date.parse(to),
      })
      sendCsv(request, reply, 'orders', text)
      return reply
    },
  )
}
