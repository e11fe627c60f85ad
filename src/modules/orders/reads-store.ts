// Owns looking at orders that are known by id, which happens all the time: the queries are compiled once.
import { askTogether } from '../../lib/together.ts'
import { prepareByLength } from '../../platform/db/prepared.ts'
import type { Store } from '../../platform/db/store.ts'
import { type LineRow, type OrderRow, type Scope, selectLines, selectOrder } from './store.ts'

export interface OrderReads {
  find(order_id: number, scope: Scope): Promise<OrderRow | null>
  /** The lines of up to a page of orders: in the order of the ids, each order's by line. */
  lines(orderIds: readonly number[]): Promise<LineRow[]>
}

/** A few pages. */
const MOST_AT_ONCE = 200

export function createOrderReads(store: Store): OrderReads {
  const { db, prepare } = store
  const findAny = prepare(selectOrder(db, 0, { user_id: null }).compile())
  const findOwn = prepare(selectOrder(db, 0, { user_id: 0 }).compile())
  const lines = prepareByLength((length) =>
    prepare(selectLines(db, Array<number>(length).fill(0)).compile()),
  )
  const linesTogether = askTogether<number, LineRow[]>(async (orderIds) => {
    const rows = orderIds.length === 0 ? [] : await lines(...orderIds)
    return Map.groupBy(rows, (row) => row.order_id)
  }, MOST_AT_ONCE)
  return {
    async find(order_id, { user_id }) {
      const [row] = await (user_id === null ? findAny(order_id) : findOwn(order_id, user_id))
      return row ?? null
    },
    async lines(orderIds) {
      const found = await linesTogether(orderIds)
      return orderIds.flatMap((order_id) => found.get(order_id) ?? [])
    },
  }
}
