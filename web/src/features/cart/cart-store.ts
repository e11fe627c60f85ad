// Owns the cart: kept in the browser, the same in every tab, through reload and log-in.
import { useSyncExternalStore } from 'react'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { readStored, writeStored } from '../../lib/storage.ts'

export interface CartLine {
  readonly product_id: number
  readonly quantity: number
  /** The price when it was put in or last agreed to; another price now is pointed out. */
  readonly seen_price_cents: number
}

/** As the server's bounds for an order. */
export const maxQuantity = 10_000
const maxLines = 100
const storageName = 'petshop.cart'

let lines: readonly CartLine[] = parse(readStored(storageName))
const listeners = new Set<() => void>()

// Another tab changed the cart.
window.addEventListener('storage', (event) => {
  if (event.key !== storageName) return
  lines = parse(event.newValue)
  notify()
})

export function useCart(): readonly CartLine[] {
  return useSyncExternalStore(subscribe, () => lines)
}

export function quantityInCart(productId: number): number {
  return lines.find((line) => line.product_id === productId)?.quantity ?? 0
}

/** Adds units of a product; false when the cart can hold no further line. */
export function addToCart(product: InventoryItem, quantity: number): boolean {
  const known = lines.find((line) => line.product_id === product.product_id)
  if (!known && lines.length >= maxLines) return false
  const line = {
    product_id: product.product_id,
    quantity: Math.min((known?.quantity ?? 0) + quantity, maxQuantity),
    seen_price_cents: product.price_cents,
  }
  set([line, ...lines.filter((other) => other !== known)])
  return true
}

/** Adds the lines of an order made before, at its prices: what costs another price now is pointed out. */
export function addLines(again: readonly CartLine[]): void {
  const others = lines.filter((line) => !again.some((one) => one.product_id === line.product_id))
  const sums = again.map((line) => ({
    ...line,
    quantity: Math.min(line.quantity + quantityInCart(line.product_id), maxQuantity),
  }))
  set([...sums, ...others].slice(0, maxLines))
}

export function setQuantity(productId: number, quantity: number): void {
  set(
    quantity <= 0
      ? lines.filter((line) => line.product_id !== productId)
      : lines.map((line) => (line.product_id === productId ? { ...line, quantity } : line)),
  )
}

/** The customer has seen the new prices. */
export function acceptPrices(prices: ReadonlyMap<number, number>): void {
  set(
    lines.map((line) => ({
      ...line,
      seen_price_cents: prices.get(line.product_id) ?? line.seen_price_cents,
    })),
  )
}

export function clearCart(): void {
  set([])
}

function set(next: readonly CartLine[]): void {
  lines = next
  writeStored(storageName, JSON.stringify(lines))
  notify()
}

function notify(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Anything may stand in the browser's storage: what isn't a cart is an empty one. */
function parse(text: string | null): readonly CartLine[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value.filter(isLine).slice(0, maxLines) : []
  } catch {
    return []
  }
}

function isLine(value: unknown): value is CartLine {
  const line = value as Partial<CartLine> | null
  return [line?.product_id, line?.quantity, line?.seen_price_cents].every(
    (number) => Number.isSafeInteger(number) && (number ?? -1) >= 0,
  )
}
