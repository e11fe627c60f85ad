// Shows that a delivery that fails is found by the request that caused it, and by its trace.
import { expect, test } from 'vitest'
import { Permanent } from '../../src/platform/events/consumer.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { createLog } from '../../src/platform/logging.ts'
import { openShop } from '../support/shop.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'

test('[sqlite] [embedded] the log of a failed delivery names the request and the trace, and the event keeps its payload', async () => {
  const shop = await openShop()
  await shop.settle()
  await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
  const { db } = shop.core.store
  const row = await db
    .selectFrom('outbox')
    .selectAll()
    .where('type', '=', 'order.placed')
    .executeTakeFirstOrThrow()
  // As a request that is traced leaves it.
  const payload = { ...JSON.parse(row.payload), traceparent: `00-${TRACE}-b7ad6b7169203331-01` }
  await db
    .updateTable('outbox')
    .set({ payload: JSON.stringify(payload) })
    .where('event_id', '=', row.event_id)
    .execute()

  let text = ''
  const log = createLog('warn', { write: (line: string) => (text += line) })
  const seen: unknown[] = []
  const consumer = {
    name: 'choke-on-order-placed',
    stream: 'orders' as const,
    types: ['order.placed'],
    handle(_trx: unknown, events: readonly { payload: unknown }[]) {
      seen.push(...events.map((event) => event.payload))
      return Promise.reject(new Permanent('no'))
    },
  }
  await drain({ ...shop.core, log }, [...shop.consumers, consumer])
  expect(JSON.parse(text)).toMatchObject({
    'log.level': 'warn',
    'petshop.group': consumer.name,
    'event.id': row.event_id,
    'http.request.id': row.request_id,
    'trace.id': TRACE,
    'error.message': 'no',
  })
  expect(seen[0]).toEqual(JSON.parse(row.payload))
  await shop.close()
})
