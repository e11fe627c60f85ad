// Owns the audit of a shop against what its clients remember: on any engine nothing is lost, doubled or oversold, and
// each effect is there once.
import type { Reader } from '../../src/platform/db/store.ts'
import type { Account, Line, Outcome } from './load.ts'

/** One order as its client knows it. */
export interface Memory {
  readonly key: string
  readonly buyer: Account
  readonly lines: readonly Line[]
  /** The last thing it was told; `unknown` when the line broke before the answer. */
  outcome: Outcome
}

/** `effect`: of an order something doesn't follow, or follows twice. `books`: money or stock doesn't add up. */
export const FINDINGS = [
  'lost',
  'doubled',
  'oversold',
  'unexpected',
  'unknown',
  'effect',
  'books',
] as const
export type FindingKind = (typeof FINDINGS)[number]

export interface Finding {
  readonly kind: FindingKind
  readonly what: string
}

/** In words: everything in which the shop differs from what its buyers were told, and from what follows of it. */
export async function auditEffects(db: Reader, memories: readonly Memory[]): Promise<string[]> {
  return (await audit(db, memories)).map(({ what }) => what)
}

/**
 * Everything in which the shop differs from what its buyers were told, and from what follows of it. It is looked at
 * when nobody orders and no event waits.
 */
export async function audit(
  db: Reader,
  memories: readonly Memory[],
  { maySellOut = false }: { readonly maySellOut?: boolean } = {},
): Promise<Finding[]> {
  const orders = await ordersOf(db)
  const owners = new Map([...orders.values()].map(({ order_id, user_id }) => [order_id, user_id]))
  const pending = [...orders.values()].filter(({ status }) => status === 'pending')
  return [
    ...all(
      'effect',
      pending.map(({ order_id }) => `order ${order_id} is still pending`),
    ),
    ...auditAnswers(orders, memories, maySellOut),
    ...all('effect', await auditEvents(db, owners)),
    ...all('effect', await auditNotifications(db, owners)),
    ...all('books', auditMoney(orders)),
    ...all('books', await auditLedger(db)),
    ...all('oversold', await auditStock(db)),
    ...all('effect', await auditDeliveries(db)),
  ]
}

function all(kind: FindingKind, whats: readonly string[]): Finding[] {
  return whats.map((what) => ({ kind, what }))
}

interface Order {
  readonly order_id: number
  readonly order_number: string
  readonly user_id: number
  readonly status: string
  readonly total_cents: number
  readonly units: number
  readonly worth: number
}

async function ordersOf(db: Reader): Promise<Map<number, Order>> {
  const orders = await db
    .selectFrom('orders')
    .select(['order_id', 'order_number', 'user_id', 'status', 'total_cents'])
    .execute()
  const sums = await db
    .selectFrom('order_items')
    .select((eb) => [
      'order_id',
      eb.fn.sum('quantity').as('units'),
      eb.fn.sum(eb('quantity', '*', eb.ref('unit_price_cents'))).as('worth'),
    ])
    .groupBy('order_id')
    .execute()
  const linesOf = new Map(sums.map((row) => [row.order_id, row]))
  return new Map(
    orders.map((order) => {
      const lines = linesOf.get(order.order_id)
      const [units, worth] = [Number(lines?.units ?? 0), Number(lines?.worth ?? 0)]
      return [order.order_id, { ...order, units, worth }]
    }),
  )
}

/** Each acknowledged order is there, for its buyer and as it was ordered; and no other one is. */
function auditAnswers(
  orders: ReadonlyMap<number, Order>,
  memories: readonly Memory[],
  maySellOut: boolean,
): Finding[] {
  const wrong: Finding[] = []
  const say = (kind: FindingKind, what: string) => void wrong.push({ kind, what })
  const told = new Set<number>()
  for (const { outcome, buyer, lines } of memories) {
    if (outcome === 'unknown') say('unknown', 'an order is still unknown')
    else if (outcome.status === 201) {
      const id = outcome.body.order_id ?? 0
      if (told.has(id)) say('doubled', `order ${id} was acknowledged to two`)
      told.add(id)
      const order = orders.get(id)
      const wished = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      if (!order) say('lost', `order ${id} was acknowledged and is lost`)
      else if (order.user_id !== buyer.user_id || order.units !== wished) {
        say('unexpected', `order ${id} is not the one that was placed`)
      } else if ((outcome.body.total_cents ?? order.total_cents) !== order.total_cents) {
        say('books', `order ${id} was acknowledged for another sum`)
      }
    } else if (!maySellOut || outcome.body.error?.code !== 'OUT_OF_STOCK') {
      say('unexpected', `somebody was answered ${outcome.status} ${outcome.body.error?.code}`)
    }
  }
  for (const id of orders.keys()) {
    if (!told.has(id)) say('doubled', `order ${id} is there, and nobody was told`)
  }
  const numbers = tally([...orders.values()].map(({ order_number }) => order_number))
  for (const [number, times] of numbers) {
    if (times > 1) say('doubled', `${times} orders have the number ${number}`)
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

/** An order costs what its lines cost. */
function auditMoney(orders: ReadonlyMap<number, Order>): string[] {
  return [...orders.values()]
    .filter(({ total_cents, worth }) => total_cents !== worth)
    .map(({ order_id, total_cents, worth }) => `order ${order_id}: ${total_cents} for ${worth}`)
}

/** Nothing is promised that isn't there: in these shops nobody writes off what is reserved. */
async function auditStock(db: Reader): Promise<string[]> {
  const products = await db
    .selectFrom('stock')
    .select(['product_id', 'on_hand', 'reserved'])
    .execute()
  return products
    .filter(({ on_hand, reserved }) => reserved > on_hand || reserved < 0)
    .map((row) => `product ${row.product_id}: ${row.reserved} sold of ${row.on_hand}`)
}

/** Each line of an order has its one row in the ledger, and the rows add up to what is reserved. */
async function auditLedger(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('stock_movements')
    .select((eb) => ['product_id', eb.fn.sum('delta_reserved').as('reserved')])
    .groupBy('product_id')
    .execute()
  const ledger = new Map(rows.map((row) => [row.product_id, Number(row.reserved)]))
  const products = await db.selectFrom('stock').select(['product_id', 'reserved']).execute()
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
