// Owns the HTTP side of the day as it stands, for staff.
import { oneItem, ref } from '../../lib/wire.ts'
import { callerOf } from '../../platform/http/access.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { Today } from './schema.ts'
import { createToday, type TodayNeeds } from './today-actions.ts'

export function todayRoutes(app: HttpServer, needs: TodayNeeds): void {
  const readToday = createToday(needs)
  app.addSchema(Today)
  app.get(
    '/api/reports/today',
    {
      config: { access: 'clerk' },
      schema: {
        tags: ['reports'],
        summary: 'The day as it stands: sales, orders to handle, low stock, work in the background',
        description:
          '`sales` compares today with the same weekday last week up to the same time of day, in the shop’s time zone, without orders cancelled since. Clerks get neither `sales` nor `work`.',
        response: answers(200, oneItem(ref(Today))),
      },
    },
    async (request) => ({
      status: 'success' as const,
      item: await readToday(request.now, callerOf(request).role),
    }),
  )
}
