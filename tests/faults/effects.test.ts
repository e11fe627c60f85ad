// Shows that the audit of the fault tests sees what it is there for: anything lost, doubled, or nobody's.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Store } from '../../src/platform/db/store.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { createLog } from '../../src/platform/logging.ts'
import { anySeed, makeStage, type Outcome } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { auditEffects, type Memory } from '../support/audit.ts'
import { streamOrders } from './order-stream.ts'

let memories: readonly Memory[]
let store: Store
let close: () => Promise<void>

beforeAll(async () => {
  const stage = await makeStage(tempDir(), { buyers: 2, onHand: [1000, 1000] })
  const server = await startServer({ dataDir: stage.dataDir, args: ['--no-worker'] })
  const orders = streamOrders(stage, anySeed(), [server.url])
  await orders.more(10)
  await orders.stop()
  await server.stop()
  const config = readConfig({ PETSHOP_DATA_DIR: stage.dataDir })
  const app = await openCore({ config, log: createLog('silent') })
  await drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
  ;[memories, store, close] = [orders.memories, app.core.store, app.close]
})
afterAll(() => close())

test('finds nothing where nothing is wrong', async () => {
  expect(await auditEffects(store.db, memories)).toEqual([])
})

/** `?`: an order that was acknowledged. */
const TAMPERINGS = [
  ['a lost order', 'delete from orders where order_id = ?', /acknowledged and is lost/],
  ['an order of another', 'update orders set user_id = 1 where order_id = ?', /not the one that/],
  [
    'an order that sold more',
    'update order_items set quantity = quantity + 1 where order_id = ? and line = 1',
    /not the one that/,
  ],
  ['a forgotten order', `update orders set status = 'pending' where order_id = ?`, /still pending/],
  [
    'a lost event',
    `delete from outbox where type = 'order.confirmed' and event_key = '?'`,
    /order \d+ has 0 events order.confirmed/,
  ],
  [
    'an order that was confirmed twice',
    `insert into outbox (event_id, stream, position, event_key, type, version, payload, occurred_at)
       select 'again', stream, null, event_key, type, version, payload, occurred_at from outbox
       where type = 'order.confirmed' and event_key = '?'`,
    /order \d+ has 2 events order.confirmed/,
  ],
  [
    'a customer who heard nothing',
    `delete from notifications where kind = 'order.confirmed' and data like '%"order_id":?,%'`,
    /order.confirmed \d+": told 0 times/,
  ],
  [
    'a customer who heard it twice',
    `insert into notifications select user_id, 9999, kind, data, event_id, created_at, read_at
       from notifications where kind = 'order.confirmed' and data like '%"order_id":?,%'`,
    /order.confirmed \d+": told 2 times/,
  ],
  [
    'an owner who heard nothing',
    `delete from notifications where kind = 'order.placed' and data like '%"order_id":?,%'`,
    /order.placed \d+": told 0 times/,
  ],
  [
    'a gap in what somebody was told',
    `update notifications set notification_id = notification_id + 5000
       where kind = 'order.confirmed' and data like '%"order_id":?,%'`,
    /have a gap/,
  ],
  [
    'a promise that is not in the ledger',
    `delete from stock_movements where kind = 'allocation' and order_id = ?`,
    /product \d+: \d+ posted of \d+/,
  ],
  [
    'a promise that is there twice',
    `insert into stock_movements (product_id, kind, delta_on_hand, delta_reserved, order_id, created_at)
       select product_id, kind, delta_on_hand, delta_reserved, order_id, created_at
       from stock_movements where kind = 'allocation' and order_id = ?`,
    /product \d+: \d+ posted of \d+/,
  ],
] as const

test.each(TAMPERINGS)('sees %s', async (_what, tampering, says) => {
  expect((await auditAfter(tampering, memories)).join('\n')).toMatch(says)
})

test('sees an order that nobody was told of, one that two were, and one of which nothing is known', async () => {
  const [first, second, ...others] = memories
  expect((await auditEffects(store.db, [first!, ...others])).join('\n')).toMatch(/nobody was told/)
  const doubled = [first!, { ...second!, outcome: first!.outcome }, ...others]
  expect((await auditEffects(store.db, doubled)).join('\n')).toMatch(/acknowledged to two/)
  const unknown = [first!, { ...second!, outcome: 'unknown' as const }, ...others]
  expect((await auditEffects(store.db, unknown)).join('\n')).toMatch(/still unknown/)
})

/** What the audit says of a shop in which this has happened; then it hasn't. */
async function auditAfter(tampering: string, told: readonly Memory[]): Promise<string[]> {
  const text = tampering.replaceAll('?', String(orderOf(told[0]!.outcome)))
  let found: string[] = []
  const undone = store.transaction(async (trx) => {
    await sql`pragma defer_foreign_keys = on`.execute(trx)
    await sql.raw(text).execute(trx)
    found = await auditEffects(trx, told)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  return found
}

function orderOf(outcome: Outcome): number {
  return outcome === 'unknown' ? 0 : (outcome.body.order_id ?? 0)
}
