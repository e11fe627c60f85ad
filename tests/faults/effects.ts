// Owns the audit of what followed from orders: on any engine each effect is there, and there once.
import type { Reader } from '../../src/platform/db/store.ts'
import type { Memory } from './history.ts'

/** Everything in which the shop differs from what its buyers were told, and from what follows of it. */
export async function auditEffects(db: Reader, memories: readonly Memory[]): Promise<string[]> {
  const orders = await db.selectFrom('orders').select(['order_id', 'user_id', 'status']).execute()
  const owners = new Map(orders.map(({ order_id, user_id }) => [order_id, user_id]))
  const pending = orders.filter(({ status }) => status === 'pending')
  return [
    ...pending.map(({ order_id }) => `order ${order_id} is still pending`),
    ...(await auditAnswers(db, owners, memories)),
    ...(await auditEvents(db, owners)),
    ...(await auditNotifications(db, owners)),
    ...(await auditLedger(db)),
    ...(await auditDeliveries(db)),
  ]
}

/** Each acknowledged order is there, for its buyer and as it was ordered; and no other one is. */
async function auditAnswers(
  db: Reader,
  owners: ReadonlyMap<number, number>,
  memories: readonly Memory[],
): Promise<string[]> {
  const units = new Map(
    (
      await db
        .selectFrom('order_items')
        .select((eb) => ['order_id', eb.fn.sum('quantity').as('units')])
        .groupBy('order_id')
        .execute()
    ).map((row) => [row.order_id, Number(row.units)]),
  )
  const wrong: string[] = []
  const told = new Set<number>()
  for (const { outcome, buyer, lines } of memories) {
    if (outcome === 'unknown') wrong.push('an order is still unknown')
    else if (outcome.status === 201) {
      const id = outcome.body.order_id ?? 0
      if (told.has(id)) wrong.push(`order ${id} was acknowledged to two`)
      told.add(id)
      const wished = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      if (!owners.has(id)) wrong.push(`order ${id} was acknowledged and is lost`)
      else if (owners.get(id) !== buyer.user_id || units.get(id) !== wished) {
        wrong.push(`order ${id} is not the one that was placed`)
      }
    } else wrong.push(`somebody was answered ${outcome.status} ${outcome.body.error?.code}`)
  }
  for (const id of owners.keys()) {
    if (!told.has(id)) wrong.push(`order ${id} is there, and nobody was told`)
  }
  return wrong
}

/** Each order was placed once, and confirmed once. */
async function auditEvents(db: Reader, owners: ReadonlyMap<number, number>): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['type', 'event_key'])
    .where('type', 'in', ['order.placed', 'order.confirmed'])
    .execute()
  const seen = tally(rows.map(({ type, event_key }) => `${type} ${event_key}`))
  return [...owners.keys()].flatMap((id) =>
    ['order.placed', 'order.confirmed'].flatMap((type) => {
      const times = seen.get(`${type} ${id}`) ?? 0
      return times === 1 ? [] : [`order ${id} has ${times} events ${type}`]
    }),
  )
}

/** Of each order the owner heard once, and its customer once of each of its changes, without a gap. */
async function auditNotifications(
  db: Reader,
  owners: ReadonlyMap<number, number>,
): Promise<string[]> {
  const wrong: string[] = []
  const words = await db
    .selectFrom('notifications')
    .select(['user_id', 'notification_id', 'event_id', 'kind', 'data'])
    .orderBy('user_id')
    .orderBy('notification_id')
    .execute()
  const heard = tally(words.map(({ user_id, kind, data }) => `${user_id} ${kind} ${orderOf(data)}`))
  const staff = words.find(({ kind }) => kind === 'order.placed')?.user_id ?? 0
  for (const [id, user_id] of owners) {
    const [placed, confirmed] = [`${staff} order.placed ${id}`, `${user_id} order.confirmed ${id}`]
    for (const word of [placed, confirmed]) {
      const times = heard.get(word) ?? 0
      if (times !== 1) wrong.push(`user, kind, order "${word}": told ${times} times`)
    }
  }
  for (const [what, times] of tally(
    words.map(({ user_id, event_id }) => `${user_id} ${event_id}`),
  )) {
    if (times > 1) wrong.push(`user, event "${what}": told ${times} times`)
  }
  for (const [user_id, own] of Map.groupBy(words, (word) => word.user_id)) {
    if (own.some(({ notification_id }, i) => notification_id !== i + 1)) {
      wrong.push(`the notifications of user ${user_id} have a gap`)
    }
  }
  return wrong
}

/** Each line of an order has its one row in the ledger, and the rows add up to what is reserved. */
async function auditLedger(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('stock_movements')
    .select((eb) => ['product_id', eb.fn.sum('delta_reserved').as('reserved')])
    .groupBy('product_id')
    .execute()
  const ledger = new Map(rows.map((row) => [row.product_id, Number(row.reserved)]))
  const products = await db.selectFrom('inventory').select(['product_id', 'reserved']).execute()
  return products.flatMap(({ product_id, reserved }) => {
    const posted = ledger.get(product_id) ?? 0
    return posted === reserved ? [] : [`product ${product_id}: ${posted} posted of ${reserved}`]
  })
}

/** An outage is nobody's fault: it burns no attempt, and nothing is parked for it. */
async function auditDeliveries(db: Reader): Promise<string[]> {
  const failed = await db.selectFrom('failed_deliveries').selectAll().execute()
  return failed.map((row) => `${row.group_name}: ${row.type} is ${row.state} (${row.error})`)
}

function orderOf(data: string): number | undefined {
  return (JSON.parse(data) as { order_id?: number }).order_id
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
