// Owns filling an empty shop with many users and products, for measurements.
import type { App } from '../app.ts'
import { drain } from '../platform/events/drain.ts'
import { bulkProducts, bulkUsers } from './bulk.ts'
import { demoStaff } from './people.ts'
import type { SeedOptions } from './seed.ts'

export interface BulkOptions extends Pick<SeedOptions, 'now' | 'passwordOf' | 'onProgress'> {
  readonly users: number
  readonly products: number
}

const PRODUCTS_PER_TRANSACTION = 1000

/** Users `u1` … get the ids from 1, and so do the products. */
export async function seedBulk(app: App, options: BulkOptions): Promise<void> {
  const { now, onProgress } = options
  const staff = demoStaff.map((person) => ({
    ...person,
    password: options.passwordOf(person.username),
  }))
  const users = bulkUsers(options.users).map((user) => ({ ...user, role: 'customer' as const }))
  await app.users.createUsersBulk([...users, ...staff], now, (done, total) =>
    onProgress('accounts', done, total),
  )
  await app.shop.changeSettings(
    { shop_name: 'Measurements', currency: 'CNY', time_zone: 'Asia/Shanghai' },
    now,
  )
  const products = bulkProducts(options.products)
  for (let i = 0; i < products.length; i += PRODUCTS_PER_TRANSACTION) {
    const part = products.slice(i, i + PRODUCTS_PER_TRANSACTION)
    await app.inventory.createProducts(
      { actor_id: null, request_id: null, now },
      part.map((product) => ({
        sku: product.sku,
        barcode: product.barcode,
        product_name: product.product_name,
        name_en: product.name_en,
        category: product.category,
        unit: product.unit,
        price_cents: product.price_cents,
        cost_cents: product.cost_cents,
        description: product.description,
        low_stock_threshold: product.low_stock_threshold,
        quantity: product.on_hand,
      })),
    )
    onProgress('products', Math.min(i + part.length, products.length), products.length)
  }
  await drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
}
