// Shows that the doctor sees each kind of damage: one row is changed behind the shop's back, one check fails.
import { copyFileSync, openSync, statSync, writeSync, closeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { openCore } from '../../src/app.ts'
import type { Caller } from '../../src/lib/cause.ts'
import { moveOrder } from '../../src/modules/orders/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { createLog } from '../../src/platform/logging.ts'
import { findingsOf, runDoctor } from '../support/doctor.ts'
import { makeStage } from '../support/load.ts'
import { petshop } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A shop with a few days' business, at rest; every test changes a copy of it. */
let original: string

beforeAll(async () => {
  original = tempDir()
  const stage = await makeStage(original, { buyers: 2, onHand: [50, 50, 50, 5] })
  const config = readConfig({ PETSHOP_DATA_DIR: original })
  const app = await openCore({ config, log: createLog('silent') })
  const { store, clock } = app.core
  const consumers = app.modules.flatMap((module) => module.consumers)
  const cause = { actor_id: null, request_id: null, now: clock.now() }
  const callers = stage.buyers.map(({ user_id }): Caller => {
    return { user_id, username: '', role: 'customer', session_id: 0 }
  })
  const owner: Caller = { ...callers[0]!, user_id: stage.owner.user_id, role: 'owner' }
  const ids: number[] = []
  for (let i = 0; i < 6; i++) {
    const caller = callers[i % 2]!
    const items = stage.products.slice(0, 3).map((product_id) => ({ product_id, quantity: i + 1 }))
    const order = { user_id: caller.user_id, items }
    ids.push((await app.orders.placements.place(caller, cause, null, order)).order_id)
  }
  await drain(app.core, consumers)
  const parcel = { action: 'shipment', carrier: '顺丰', tracking_number: 'SF1' } as const
  await moveOrder(store, owner, cause, ids[1]!, { action: 'cancellation', reason: 'no' })
  // Last of all what changes no sums: a test makes its event wait again.
  await moveOrder(store, owner, cause, ids[0]!, parcel)
  await drain(app.core, consumers)
  await app.close()
})

function copyOfShop(): string {
  const dataDir = tempDir()
  copyFileSync(databasePath(original), databasePath(dataDir))
  return dataDir
}

function tampered(sql: string): string {
  const dataDir = copyOfShop()
  const database = new DatabaseSync(databasePath(dataDir), {
    enableForeignKeyConstraints: false,
    defensive: false,
  })
  database.exec(sql)
  database.close()
  return dataDir
}

const SALES = 'the daily sales are what the orders say'
const ORDERS = 'orders and their lines are as they were written'
const LEDGER = 'stock movements are as they were written'

/** `also`: the other checks that see it. */
const damages: [check: string, sql: string, finding: RegExp, ...also: string[]][] = [
  [
    'account keys match names',
    `update users set username_key = 'else' where user_id = 2`,
    /user 2: username_key is "else"/,
  ],
  [
    'the shop has an active owner',
    `update users set role = 'manager' where role = 'owner'`,
    /no active owner/,
  ],
  [
    'disabled people hold no session',
    `update users set active = 0 where user_id = 3`,
    /\(user 3\), who is disabled/,
  ],
  [ORDERS, `update orders set note = 'x' where order_id = 3`, /\(3\) is not what was written/],
  [LEDGER, 'update stock_movements set created_at = 1 where movement_id = 2', /^movement 2 \(/],
  [
    "the ledger's sum is the stock on hand",
    `update stock_movements set delta_on_hand = 51 where kind = 'receipt' and product_id = 2`,
    /product 2 \(P-2\): on hand 49, ledger 50/,
    LEDGER,
  ],
  [
    "the ledger's sum is the stock on hand",
    `update stock_movements set product_id = 4 where kind = 'receipt' and product_id = 1`,
    /product 1 \(P-1\): on hand 49, ledger -1/,
    LEDGER,
  ],
  [
    "the ledger's promises, with the events not yet posted, are the reserved stock",
    `update stock_movements set delta_reserved = 7 where kind = 'allocation' and order_id = 3 and product_id = 1`,
    /product 1: reserved 18, ledger 22, not yet posted 0/,
    LEDGER,
  ],
  [
    "the ledger's promises, with the events not yet posted, are the reserved stock",
    `delete from stock_movements where kind = 'release' and product_id = 3`,
    /product 3: reserved 18, ledger 20/,
  ],
  [
    'nothing is below zero on hand or reserved',
    `update stock set on_hand = -1 where product_id = 4;
     update stock_movements set delta_on_hand = -1 where product_id = 4`,
    /product 4 \(P-4\): on hand -1, reserved 0/,
    LEDGER,
  ],
  [
    'every product has its row of stock',
    'delete from stock where product_id = 4',
    /product 4 \(P-4\) has none/,
  ],
  [
    "an order's total is the sum of its lines",
    `update orders set total_cents = total_cents + 1 where order_id = 3`,
    /\(3\): total 901, its lines make 900/,
    ORDERS,
  ],
  [
    "an order's total is the sum of its lines",
    `delete from order_items where order_id = 1`,
    /\(1\): total 300, it has no lines/,
    SALES,
    ORDERS,
  ],
  [
    'no line gives off more than it costs',
    `update order_items set unit_price_cents = unit_price_cents - 10, discount_cents = -10 * quantity
      where order_id = 1`,
    /order 1, line 1: a discount of -/,
    ORDERS,
  ],
  [
    "a counter sale's tenders make its total",
    `insert into counter_sales select '0192a3b4-0000-7000-8000-000000000000', 'x', order_id, order_number,
      null, 1, 1, total_cents, 0, 0, null, 0, 0 from orders where order_id = 1`,
    /order 1: total 300, paid 0/,
  ],
  [
    'reserved stock is what open orders hold',
    `update order_items set quantity = 6, unit_price_cents = 50 where order_id = 3 and product_id = 1`,
    /product 1: reserved 18, open orders hold 21/,
    SALES,
    ORDERS,
  ],
  [
    "an order's status is what its last event says",
    `update orders set status = 'completed' where order_id = 1`,
    /\(1\) is completed, its events say shipped/,
    ORDERS,
  ],
  [
    'every order event has its notification',
    `delete from notifications where kind = 'order.shipped'`,
    /order 1: nobody was told of order\.shipped/,
  ],
  [
    'every order has its order.placed event, and every such event its order',
    `update outbox set type = 'order.paid' where type = 'order.placed' and event_key = '3'`,
    /\(3\) has no event/,
  ],
  [
    'every order has its order.placed event, and every such event its order',
    `update outbox set event_key = '77' where type = 'order.placed' and event_key = '3'`,
    /the event of order 77 has no order/,
  ],
  [
    SALES,
    `update daily_orders set orders = orders + 1`,
    /^\d{4}-\d\d-\d\d: orders 6, the orders say 5$/,
  ],
  [
    SALES,
    `delete from daily_sales where product_id = 2`,
    /^\d{4}-\d\d-\d\d, product 2: orders 0, the orders say 5; cancelled_orders 0, .*units 0, the orders say 19/,
  ],
  [
    SALES,
    `update reversed_orders set cancelled = 0`,
    /order 2 is not cancelled in the sales, but it is/,
  ],
  [
    'SQLite finds its file whole',
    `pragma writable_schema = on;
     update sqlite_schema set sql = 'create index users_role on users (role, created_at)' where name = 'users_role'`,
    /missing from index users_role/,
  ],
  [
    'no row points to nothing',
    `update sessions set user_id = 99 where user_id = 3`,
    /sessions, row \d+: no such row in users/,
  ],
  [
    'every event has its place, without gaps',
    `delete from outbox where type = 'stock.reserved' and event_key = '3'`,
    /stream inventory: \d+ events on \d+ places/,
  ],
  [
    'every event has its place, without gaps',
    `update sequences set next_value = next_value + 1 where name = 'stream orders'`,
    /stream orders: last event at \d+, head at \d+/,
  ],
  [
    'second factors can be read',
    `insert into second_factors (user_id, secret, last_step, created_at)
     values (3, 'of another key', 0, 1)`,
    /user 3: the second factor cannot be read/,
  ],
  [
    'the audit log is as it was sealed',
    `insert or replace into audit_head (head_id, seal_no, seal) values (1, 999999, '')`,
    /audit log: the entries with seals \d+–999999 are gone/,
  ],
  [
    'no group is ahead of its stream',
    `update consumer_groups set position = position + 1 where group_name = 'confirm-order-on-placed'`,
    /confirm-order-on-placed: at \d+, its stream ends at \d+/,
  ],
]

describe.concurrent('the doctor', () => {
  test('finds nothing in a healthy shop, and says so', async ({ expect }) => {
    expect(await findingsOf(original)).toEqual({})
    const env = { PETSHOP_DATA_DIR: original }
    const { code, stdout, stderr } = await petshop(['doctor'], env)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^(✓ .+\n)+Everything adds up\.\n$/)
  })

  test('has a damage for each of its checks', async ({ expect }) => {
    const { report } = await runDoctor(original)
    const checks = report.checks.map(({ check }) => check)
    expect(checks.toSorted()).toEqual([...new Set(damages.map(([check]) => check))].toSorted())
  })

  test.each(damages)('%s: %s', async (check, sql, finding, ...also) => {
    const found = await findingsOf(tampered(sql))
    expect(Object.keys(found).toSorted()).toEqual([check, ...also].toSorted())
    expect(found[check]!.join('\n')).toMatch(finding)
  })

  test('names the rows to people, and ends with 1', async ({ expect }) => {
    const env = { PETSHOP_DATA_DIR: tampered(damages[0]![1]) }
    const { code, stdout } = await petshop(['doctor'], env)
    expect(code).toBe(1)
    expect(stdout).toContain(
      '✗ account keys match names\n    user 2: username_key is "else", should be "buyer1"',
    )
    expect(stdout).toMatch(/Something is wrong; see ✗ above\.\n$/)
  })

  test('reports events that wait, and holds them for no error', async ({ expect }) => {
    const dataDir = tampered(`
      update outbox set position = null where position = 14 and stream = 'orders';
      update sequences set next_value = 14 where name = 'stream orders';
      update consumer_groups set position = 13 where stream = 'orders'`)
    const { code, report } = await runDoctor(dataDir)
    expect([code, report.healthy]).toEqual([0, true])
    const waiting = report.groups.find(({ group }) => group === 'confirm-order-on-placed')
    expect(waiting?.backlog).toBeGreaterThan(0)
    const { stdout } = await petshop(['doctor'], { PETSHOP_DATA_DIR: dataDir })
    expect(stdout).toMatch(/confirm-order-on-placed: \d+ events wait \(not an error\)/)
  })

  test('goes on when a table cannot be read, and ends with 1', async ({ expect }) => {
    const dataDir = copyOfShop()
    const path = databasePath(dataDir)
    const database = new DatabaseSync(path)
    const page = database
      .prepare(`select rootpage from sqlite_schema where name = 'stock_movements'`)
      .get()?.['rootpage'] as number
    const size =
      statSync(path).size / (database.prepare('pragma page_count').get()?.['page_count'] as number)
    database.close()
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(size, 0xab), 0, size, (page - 1) * size)
    closeSync(file)
    const found = await findingsOf(dataDir)
    expect(found["the ledger's sum is the stock on hand"]).toEqual([
      'could not be checked: database disk image is malformed',
    ])
    expect(Object.keys(found)).toContain('SQLite finds its file whole')
    expect(Object.keys(found)).not.toContain("an order's total is the sum of its lines")
  })

  test('needs a shop of this version', async ({ expect }) => {
    const nothing = await petshop(['doctor'], { PETSHOP_DATA_DIR: tempDir() })
    expect([nothing.code, nothing.stdout]).toEqual([65, ''])
    expect(nothing.stderr).toMatch(/^There is no shop at .*\.\n$/)
    const older = tampered(`delete from kysely_migration where name like '0006%'`)
    const answer = await petshop(['doctor'], { PETSHOP_DATA_DIR: older })
    expect([answer.code, answer.stdout]).toEqual([65, ''])
    expect(answer.stderr).toBe('The database is older than this version: run `petshop migrate`.\n')
  })
})
