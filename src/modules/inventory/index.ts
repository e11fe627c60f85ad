// Owns the inventory module's public face.
import type { Cause } from '../../lib/cause.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import type { Core, Module } from '../../platform/module.ts'
import { createProducts } from './actions.ts'
import { createCatalogue } from './catalogue-actions.ts'
import { ledgerMatchesOnHand, ledgerMatchesReserved, stockIsPossible } from './checks-store.ts'
import { refreshProductCacheOnProductChanged, updateStockOnStockChange } from './consumers.ts'
import { inventoryRoutes, type InventoryRoutesOptions } from './routes.ts'
import * as schema from './schema.ts'
import type { NewProduct } from './schema.ts'

export { readReserved } from './checks-store.ts'
export { mergeLines } from './rules.ts'
export * from './schema.ts'
export { recordMovement, releaseStock, reserveStock, sellStock } from './stock-actions.ts'
export { lockStock, type StockRow } from './stock-store.ts'
export { describeProducts, type ProductDescription } from './store.ts'

export interface Inventory extends Module {
  /** Makes many products in one transaction, in order. @returns their ids */
  createProducts(cause: Cause, products: readonly NewProduct[]): Promise<number[]>
}

export function createInventory(
  core: Core,
  needs: Pick<InventoryRoutesOptions, 'showStock' | 'orderExists'>,
): Inventory {
  const productIds = createSequence(core.store, 'products', 1)
  const catalogue = createCatalogue(core)
  return {
    name: 'inventory',
    routes: (app) => inventoryRoutes(app, { core, productIds, catalogue, ...needs }),
    events: [
      schema.StockReserved,
      schema.StockReleased,
      schema.StockMoved,
      schema.StockLow,
      schema.StockOut,
      schema.StockShort,
      schema.ProductChanged,
      schema.ProductPriceChanged,
    ],
    consumers: [
      updateStockOnStockChange(core.store),
      refreshProductCacheOnProductChanged(catalogue),
    ],
    checks: [ledgerMatchesOnHand, ledgerMatchesReserved, stockIsPossible],
    upkeep: [],
    async createProducts(cause, products) {
      const ids = await createProducts(core.store, productIds, cause, products)
      await catalogue.refresh(ids.map((product_id) => ({ product_id, version: 1 })))
      return ids
    },
  }
}
