// Owns what the digests of an order and its lines are made of, and how each change moves them.
import { type Cell, digestOf, partOf } from '../../lib/row-digest.ts'

export interface OrderFacts extends Partial<Record<ChangingColumn, Cell>> {
  readonly order_id: number
  readonly order_number: string
  readonly request_id: string
  readonly user_id: number
  readonly placed_by: number
  readonly channel: string
  readonly fulfilment: string
  readonly total_cents: number
  readonly created_at: number
}

/** Each is a part of its own: whoever changes one needs to know only what it was. */
const CHANGING = [
  ...(['status', 'payment_status', 'note', 'address', 'recipient', 'phone'] as const),
  ...(['carrier', 'tracking_number', 'cancellation_reason'] as const),
  ...(['confirmed_at', 'ready_at', 'shipped_at', 'completed_at', 'cancelled_at'] as const),
  ...(['paid_at', 'refunded_at'] as const),
] as const
type ChangingColumn = (typeof CHANGING)[number]
export type Changes = Partial<Record<ChangingColumn, Cell>>

export function orderDigest(row: OrderFacts): number {
  let digest = digestOf('order', [
    row.order_id,
    row.order_number,
    row.request_id,
    row.user_id,
    row.placed_by,
    row.channel,
    row.fulfilment,
    row.total_cents,
    row.created_at,
  ])
  for (const name of CHANGING) digest += partOf(name, row[name])
  return digest
}

/**
 * What a change adds to the digest. Added to the stored one rather than made anew from the row: an order that was
 * damaged before stays known as damaged.
 */
export function digestChange(before: Changes, changes: Changes): number {
  let difference = 0
  for (const name of CHANGING) {
    if (changes[name] === undefined) continue
    difference += partOf(name, changes[name]) - partOf(name, before[name])
  }
  return difference
}

export interface LineFacts {
  readonly order_id: number
  readonly line: number
  readonly product_id: number
  readonly product_name: string
  readonly quantity: number
  readonly unit_price_cents: number
  readonly discount_cents?: number | undefined
}

export function lineDigest(row: LineFacts): number {
  return digestOf('line', [
    row.order_id,
    row.line,
    row.product_id,
    row.product_name,
    row.quantity,
    row.unit_price_cents,
    row.discount_cents ?? 0,
  ])
}
