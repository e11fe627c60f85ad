// Owns what the palette offers for a text: pages by their names, and what the server finds, each with its address.
import { useQueries } from '@tanstack/react-query'

import { foldText } from '../../../../src/lib/text.ts'
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import type { Order } from '../../../../src/modules/orders/schema.ts'
import type { User } from '../../../../src/modules/users/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { productName } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'

export interface PalettePage {
  readonly path: string
  readonly name: string
}

export interface Find {
  readonly key: string
  readonly name: string
  /** What tells it from others of that name. */
  readonly detail: string
  readonly to: string
}

/** Pages whose name has every word of the text; all of them for no text. */
export function findPages(pages: readonly PalettePage[], text: string): Find[] {
  const words = foldText(text).split(/\s+/).filter(Boolean)
  return pages
    .filter(({ name }) => words.every((word) => foldText(name).includes(word)))
    .map(({ path, name }) => ({ key: path, name, detail: '', to: path }))
}

/** One letter finds nearly everything; one Chinese character already says something. */
export function isWorthAsking(text: string): boolean {
  return text.length >= 2 || /\P{ASCII}/u.test(text)
}

const few = 6

export interface Finds {
  readonly orders: readonly Find[]
  readonly products: readonly Find[]
  readonly people: readonly Find[]
  readonly searching: boolean
  readonly error: Error | null
}

/** Orders by number, products by name, SKU or barcode, and people this role may see. */
export function useFinds(text: string): Finds {
  const enabled = isWorthAsking(text)
  const results = useQueries({
    queries: [
      queryOf<Order>('orders', text, enabled),
      queryOf<InventoryItem>('inventory', text, enabled),
      queryOf<User>('users', text, enabled),
    ],
  })
  const [orders, products, people] = results
  return {
    orders: (enabled ? (orders.data ?? []) : []).map(orderFind),
    products: (enabled ? (products.data ?? []) : []).map(productFind),
    people: (enabled ? (people.data ?? []) : []).map(personFind),
    searching: enabled && results.some((result) => result.isPending),
    error: enabled ? (results.find((result) => result.error)?.error ?? null) : null,
  }
}

function queryOf<T>(what: 'orders' | 'inventory' | 'users', text: string, enabled: boolean) {
  return {
    queryKey: keys.palette(what, text),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await api.get<Page<T>>(`/${what}`, { search: text, limit: few }, signal)).items,
    enabled,
  }
}

function orderFind({ order_id, order_number, username }: Order): Find {
  return {
    key: `order-${order_id}`,
    name: order_number,
    detail: username ?? '',
    to: `/office/orders?order=${order_id}`,
  }
}

function productFind(product: InventoryItem): Find {
  return {
    key: `product-${product.product_id}`,
    name: productName(product),
    detail: product.sku,
    to: `/office/stock?product=${product.product_id}`,
  }
}

function personFind({ user_id, username, display_name, role, phone }: User): Find {
  const name = display_name || username
  return {
    key: `person-${user_id}`,
    name,
    detail: phone || (name === username ? '' : username),
    to:
      role === 'customer'
        ? `/office/customers?customer=${user_id}`
        : `/office/staff?user=${user_id}`,
  }
}
