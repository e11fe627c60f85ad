// Owns the proof about the reports: the sums of each day are what the orders themselves say.
import type { Reader } from '../../platform/db/store.ts'
import type { Check, Finding } from '../../platform/doctor.ts'
import { listGroupStates } from '../../platform/events/undone.ts'
import { heardOrders, type HeardSale, PROJECT_SALES, readUnheard } from './heard-store.ts'
import { listReversals } from './reversals-store.ts'
import {
  addOrder,
  emptyTally,
  FIGURES,
  type Figures,
  NOT_REVERSED,
  NOTHING,
  type Reversal,
  type Tally,
  tallyKey,
} from './rules.ts'
import { eachProductDay, listDaySums } from './store.ts'

export const salesMatchOrders: Check = {
  name: 'the daily sales are what the orders say',
  async *run(reader) {
    // Before a worker has run there is no group, and nothing is promised.
    const groups = await listGroupStates(reader)
    if (!groups.some(({ group }) => group === PROJECT_SALES)) return
    const tally = emptyTally()
    yield* addOrders(reader, tally)
    for (const row of await listDaySums(reader)) {
      yield* compare(row.day, row, tally.days.get(row.day))
      tally.days.delete(row.day)
    }
    for (const row of tally.days.values()) yield* compare(row.day, NOTHING, row)
    yield* compareProducts(reader, tally)
  },
}

async function* addOrders(reader: Reader, tally: Tally): AsyncGenerator<Finding> {
  const unheard = await readUnheard(reader)
  for await (const orders of heardOrders(reader, () => Promise.resolve(unheard))) {
    const [first, last] = [orders[0]?.order_id ?? 0, orders.at(-1)?.order_id ?? 0]
    const reversals = await listReversals(reader, { from: first, to: last })
    for (const order of orders) {
      const reversal = reversals.get(order.order_id) ?? NOT_REVERSED
      yield* compareReversal(order, reversal)
      addOrder(tally, { ...order, refunded_on: reversal.refunded_on })
    }
  }
}

const HOUR_MS = 3600 * 1000

/** The shop may have been in another zone then: a day begins 14 hours before UTC's at the earliest. */
function* compareReversal(order: HeardSale, stored: Reversal): Generator<Finding> {
  const { order_id, cancelled, refunded_at } = order
  if (stored.cancelled !== cancelled) {
    const [said, is] = cancelled ? ['is not', 'is'] : ['is', 'is not']
    yield { message: `order ${order_id} ${said} cancelled in the sales, but it ${is}` }
  }
  const on = stored.refunded_on === null ? null : Date.parse(stored.refunded_on)
  const isRight =
    refunded_at === null || on === null
      ? refunded_at === on
      : on - 14 * HOUR_MS <= refunded_at && refunded_at < on + 36 * HOUR_MS
  if (!isRight) {
    const at = refunded_at === null ? 'never' : new Date(refunded_at).toISOString()
    yield {
      message: `order ${order_id}: refunded ${stored.refunded_on ?? 'never'} in the sales, it was ${at}`,
    }
  }
}

async function* compareProducts(reader: Reader, { products }: Tally): AsyncGenerator<Finding> {
  for await (const row of eachProductDay(reader)) {
    const key = tallyKey(row.day, row.product_id)
    yield* compare(`${row.day}, product ${row.product_id}`, row, products.get(key))
    products.delete(key)
  }
  for (const row of products.values()) {
    yield* compare(`${row.day}, product ${row.product_id}`, NOTHING, row)
  }
}

function* compare(what: string, stored: Figures, expected: Figures = NOTHING): Generator<Finding> {
  const wrong = FIGURES.filter((name) => stored[name] !== expected[name])
  if (wrong.length === 0) return
  const words = wrong.map((name) => `${name} ${stored[name]}, the orders say ${expected[name]}`)
  yield { message: `${what}: ${words.join('; ')}` }
}
