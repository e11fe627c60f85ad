// Owns the key under which a checkout is sent: the same order sent again is still the same order.
import type { NewOrder } from '../../../../src/modules/orders/schema.ts'
import { readStored, writeStored } from '../../lib/storage.ts'
import { randomUuid } from '../../lib/uuid.ts'

const storageName = 'petshop.checkout'

/**
 * Kept in the browser, so that an order whose answer got lost isn't placed twice: not by a second press,
 * nor after a reload. Another content is another attempt.
 */
export function attemptKey(order: NewOrder): string {
  const content = JSON.stringify(order)
  const [knownContent, knownKey] = parse(readStored(storageName))
  if (knownContent === content && knownKey) return knownKey
  const key = randomUuid()
  writeStored(storageName, JSON.stringify([content, key]))
  return key
}

export function attemptDone(): void {
  writeStored(storageName, '')
}

function parse(text: string | null): [content?: string, key?: string] {
  try {
    const value: unknown = JSON.parse(text || '[]')
    return Array.isArray(value) ? (value as [string?, string?]) : []
  } catch {
    return []
  }
}
