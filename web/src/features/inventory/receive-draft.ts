// Owns a delivery that isn't posted yet: its device keeps it for whoever scanned it, through a log-in and a crash.
import { readStored, writeStored } from '../../lib/storage.ts'
import { randomUuid } from '../../lib/uuid.ts'
import type { ReceiveLine } from './receive-lines.ts'

export interface Delivery {
  /** Of the document that this becomes: sent again after a lost answer, or found again, it counts once. */
  readonly key: string
  readonly lines: readonly ReceiveLine[]
  readonly supplier: string
  readonly note: string
}

interface KeptDelivery extends Delivery {
  /** When something was last added; ISO 8601. */
  readonly at: string
}

export function emptyDelivery(): Delivery {
  return { key: randomUuid(), lines: [], supplier: '', note: '' }
}

const nameOf = (userId: number) => `petshop.receive.draft.${userId}`

/** @returns whether it is safe: a browser may forbid it, or be full */
export function keepDelivery(userId: number, delivery: Delivery, now = new Date()): boolean {
  const { lines, supplier, note } = delivery
  const isEmpty = lines.length === 0 && supplier === '' && note === ''
  const kept = { ...delivery, lines: lines.map(withoutStock), at: now.toISOString() }
  const text = isEmpty ? '' : JSON.stringify(kept)
  writeStored(nameOf(userId), text)
  return isEmpty || readStored(nameOf(userId)) === text
}

/** Null when there is none. */
export function readDelivery(userId: number): KeptDelivery | null {
  try {
    const kept = JSON.parse(readStored(nameOf(userId)) || 'null') as Partial<KeptDelivery> | null
    if (!kept?.key || !kept.at || !Array.isArray(kept.lines)) return null
    return { ...emptyDelivery(), ...kept } as KeptDelivery
  } catch {
    return null
  }
}

/** Posted; unless another page has begun another one by now. */
export function forgetDelivery(userId: number, key: string): void {
  if (readDelivery(userId)?.key === key) writeStored(nameOf(userId), '')
}

/** How many there are is another number by the time it is found again. */
function withoutStock({ product, quantity }: ReceiveLine): ReceiveLine {
  const { product_id, sku, barcode, product_name, name_en } = product
  return { product: { product_id, sku, barcode, product_name, name_en }, quantity }
}
