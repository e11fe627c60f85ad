// Owns the shape of the tables of orders and sales at the counter.
import type { ColumnType } from 'kysely'
import type { Digest } from './inventory.ts'

export interface OrdersTable {
  order_id: number
  order_number: string
  /** UUID made by the server for each placement: tells whether an ambiguous commit happened. */
  request_id: string
  user_id: number
  placed_by: number
  channel: string
  fulfilment: string
  status: string
  payment_status: string
  total_cents: number
  note: string | null
  address: string | null
  /** Whom it goes to, as the customer gave it with the order. */
  recipient: string | null
  phone: string | null
  carrier: string | null
  tracking_number: string | null
  cancellation_reason: string | null
  created_at: number
  confirmed_at: number | null
  ready_at: number | null
  shipped_at: number | null
  completed_at: number | null
  cancelled_at: number | null
  paid_at: number | null
  refunded_at: number | null
  digest: Digest
}

export interface OrderItemsTable {
  order_id: number
  line: number
  product_id: number
  product_name: string
  quantity: number
  unit_price_cents: number
  /** Taken off quantity × price; left out, it is 0. */
  discount_cents: ColumnType<number, number | undefined, number | undefined>
  digest: Digest
}

export interface CounterSalesTable {
  /** UUID made by the till: sent again, it is the same sale. */
  sale_id: string
  /** SHA-256 of what was sold and paid, hex. */
  body_hash: string
  order_id: number
  order_number: string
  /** Null: nobody the shop knows. */
  customer_id: number | null
  sold_by: number
  /** Who sent it in: somebody else, after a shift's change. */
  recorded_by: number
  total_cents: number
  discount_cents: number
  change_cents: number
  /** Why a manager sold what the books didn't have. */
  decision: string | null
  taken_at: number
  recorded_at: number
}

export interface CounterTendersTable {
  order_id: number
  tender: string
  amount_cents: number
  /** In cash perhaps more than the amount: the rest was change. */
  received_cents: number
}

export interface CounterDiscountsTable {
  order_id: number
  /** 0: on the whole sale. */
  line: number
  discount_cents: number
  reason: string
  note: string | null
}

export interface CounterAccountsTable {
  name: string
  user_id: number
}
