// Owns what the digest of a ledger row is made of. Its number isn't: the store gives it after the digest is known.
import { type Cell, digestOf, partOf } from '../../lib/row-digest.ts'

export interface MovementFacts extends Partial<Record<(typeof OPTIONAL)[number], Cell>> {
  readonly product_id: number
  readonly kind: string
  readonly delta_on_hand: number
  readonly delta_reserved: number
  readonly created_at: number
}

/** Not there in most rows; a column that comes later joins them here, and rows from before stay right. */
const OPTIONAL = ['reason', 'note', 'order_id', 'actor_id', 'document_id'] as const

export function movementDigest(row: MovementFacts): number {
  const { product_id, kind, delta_on_hand, delta_reserved, created_at } = row
  let digest = digestOf('movement', [product_id, kind, delta_on_hand, delta_reserved, created_at])
  for (const name of OPTIONAL) digest += partOf(name, row[name])
  return digest
}
