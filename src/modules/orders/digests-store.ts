// Owns the proof that every order and every line is what was written: each is compared with its digest.
import type { Reader } from '../../platform/db/store.ts'
import { createMissing, isDamage, sweep, type Swept, type Table } from '../../platform/db/sweep.ts'
import type { Check, Finding } from '../../platform/doctor.ts'
import { lineDigest, orderDigest } from './digest-rules.ts'
import type { LineRow, OrderRow } from './store.ts'

export const ordersAreAsWritten: Check = {
  name: 'orders and their lines are as they were written',
  async *run(reader) {
    const flagged = new Set<number>()
    const isMissing = createMissing()
    for await (const part of sweep(ordersOf(reader, flagged))) {
      if ('lost' in part) {
        const { from, to } = part.lost
        yield { message: `orders ${from} to ${to ?? 'the last'} cannot be read` }
      }
      for await (const { order_id, message } of findingsIn(reader, part, isMissing)) {
        flagged.add(order_id)
        yield { message }
      }
    }
  },
}

interface Wrong extends Finding {
  readonly order_id: number
}

async function* findingsIn(
  reader: Reader,
  part: Swept<OrderRow>,
  isMissing: ReturnType<typeof createMissing>,
): AsyncGenerator<Wrong> {
  if ('missing' in part) {
    yield* part.missing.map((order_id) => wrong(order_id, ': it cannot be found'))
  } else if ('lost' in part) {
    const { from, to } = part.lost
    if (to !== null) yield* lineFindings(reader, from, to, new Map())
  } else {
    yield* orderFindings(part.rows, isMissing)
    const orders = new Map(part.rows.map((order) => [order.order_id, order]))
    const [first, last] = [part.rows[0], part.rows.at(-1)]
    if (first && last) yield* lineFindings(reader, first.order_id, last.order_id, orders)
  }
}

function wrong(order_id: number, what: string): Wrong {
  return { order_id, message: `order ${order_id}${what}` }
}

function* orderFindings(
  orders: readonly OrderRow[],
  isMissing: ReturnType<typeof createMissing>,
): Iterable<Wrong> {
  for (const order of orders) {
    if (isMissing(order)) yield said(order, 'has no digest')
    else if (order.digest !== null && orderDigest(order) !== order.digest) {
      yield said(order, 'is not what was written')
    }
  }
}

function said({ order_id, order_number }: OrderRow, what: string): Wrong {
  return { order_id, message: `order ${order_number} (${order_id}) ${what}` }
}

function ordersOf(reader: Reader, flagged: Set<number>): Table<OrderRow> {
  return {
    flagged,
    numberOf: (order) => order.order_id,
    read: (after, limit) =>
      reader
        .selectFrom('orders')
        .selectAll()
        .where('order_id', '>', after)
        .orderBy('order_id')
        .limit(limit)
        .execute(),
    async find(order_id) {
      const order = await reader
        .selectFrom('orders')
        .select('total_cents')
        .where('order_id', '=', order_id)
        .executeTakeFirst()
      const lines = await reader
        .selectFrom('order_items')
        .selectAll()
        .where('order_id', '=', order_id)
        .execute()
      const areWhole = lines.every(
        (row, i) => row.line === i + 1 && (row.digest === null || lineDigest(row) === row.digest),
      )
      return areWhole && order !== undefined && sumOf(lines) === order.total_cents
    },
    async count() {
      const { fn } = reader
      const row = await reader
        .selectFrom('orders')
        .select([fn.countAll().as('rows'), fn.sum('order_id').as('sum')])
        .executeTakeFirstOrThrow()
      return { rows: Number(row.rows), sum: Number(row.sum ?? 0) }
    },
    async list() {
      // In the order of an index that holds no more than this.
      const rows = await reader
        .selectFrom('orders')
        .select('order_id')
        .orderBy('created_at')
        .orderBy('order_id')
        .execute()
      return rows.map((row) => row.order_id)
    },
  }
}

type Orders = ReadonlyMap<number, OrderRow>

/** Of the orders with these numbers, those that can be read among them. */
async function* lineFindings(
  reader: Reader,
  from: number,
  to: number,
  orders: Orders,
): AsyncGenerator<Wrong> {
  let rows: readonly LineRow[]
  try {
    rows = await readLines(reader, from, to)
  } catch (error) {
    if (!isDamage(error)) throw error
    if (from === to) {
      yield wrong(from, ': its lines cannot be read')
      return
    }
    const middle = Math.floor((from + to) / 2)
    yield* lineFindings(reader, from, middle, orders)
    yield* lineFindings(reader, middle + 1, to, orders)
    return
  }
  const sums = new Map<number, number>()
  for (const row of rows) {
    yield* lineFinding(row, orders)
    const { order_id } = row
    sums.set(order_id, (sums.get(order_id) ?? 0) + sumOf([row]))
  }
  for (const [order_id, { total_cents }] of orders) {
    if (order_id < from || order_id > to || sums.get(order_id) === total_cents) continue
    yield wrong(order_id, ': its lines are not all there, or not what they were')
  }
}

/** An order and its lines are written together: where it has a digest, they have theirs. */
function* lineFinding(row: LineRow, orders: Orders): Iterable<Wrong> {
  const { order_id, line, digest } = row
  const isOld = typeof orders.get(order_id)?.digest !== 'number'
  if (digest === null) {
    if (!isOld) yield wrong(order_id, `, line ${line} has no digest`)
  } else if (lineDigest(row) !== digest) {
    yield wrong(order_id, `, line ${line} is not what was written`)
  }
}

function sumOf(lines: readonly LineRow[]): number {
  const costs = lines.map((row) => row.quantity * row.unit_price_cents - row.discount_cents)
  return costs.reduce((sum, cost) => sum + cost, 0)
}

function readLines(reader: Reader, from: number, to: number): Promise<LineRow[]> {
  return reader
    .selectFrom('order_items')
    .selectAll()
    .where('order_id', '>=', from)
    .where('order_id', '<=', to)
    .execute()
}
