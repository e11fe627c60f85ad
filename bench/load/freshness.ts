// Owns proving that nobody is shown a quantity that is older than an order's answer.
import type { Shop } from '../lib/scenario.ts'

type Buyable = Pick<Shop, 'url' | 'products' | 'customers'>

/**
 * Orders one product after the other and reads it again at once. Nobody else may order meanwhile.
 * @returns how many quantities were not those after the order
 */
export async function countStale(shop: Buyable, orders: number): Promise<number> {
  let stale = 0
  for (let i = 0; i < orders; i++) {
    const product_id = 1 + (i % shop.products)
    const customer = shop.customers[i % shop.customers.length]
    if (!customer) throw new Error('the shop has no customers')
    const headers = {
      authorization: `Bearer ${customer.token}`,
      'content-type': 'application/json',
    }
    const before = await quantityOf(shop, product_id)
    const quantity = 1 + (i % 3)
    const response = await fetch(`${shop.url}/api/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ user_id: customer.user_id, items: [{ product_id, quantity }] }),
    })
    if (response.status !== 201) throw new Error(`an order was answered ${response.status}`)
    await response.arrayBuffer()
    if ((await quantityOf(shop, product_id)) !== before - quantity) stale++
  }
  return stale
}

async function quantityOf(shop: Pick<Shop, 'url'>, product_id: number): Promise<number> {
  const response = await fetch(`${shop.url}/api/inventory/${product_id}`)
  const { item } = (await response.json()) as { item?: { quantity?: number } }
  if (item?.quantity === undefined) throw new Error('the shop shows no quantities')
  return item.quantity
}
