// Shows what callers and Prometheus are told when the database file may not grow any more.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

test('[sqlite] what a full database refuses is counted by the name that callers see', async () => {
  const product_id = await shop.addProduct({ quantity: 1000 })
  const { db } = shop.core.store
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)
  const order = { user_id: shop.people.customer.user_id, items: [{ product_id, quantity: 1 }] }
  const note = 'x'.repeat(500)
  let last = 201
  for (let i = 0; i < 50 && last === 201; i++)
    last = (await shop.as('customer').post('/api/orders', { ...order, note })).status
  expect(last).toBe(507)
  const { text } = await shop.guest.get('/metrics')
  expect(text).toContain('petshop_orders_refused_total{reason="STORAGE_FULL"} 1\n')
})
