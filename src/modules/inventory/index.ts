// Owns the inventory module's public face.
import type { Cause } from '../../lib/cause.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import type { Core, Module } from '../../platform/module.ts'
import { createProducts } from './actions.ts'
import { createCatalogue } from './catalogue-actions.ts'
import {
  everyProductHasStock,
  ledgerMatchesOnHand,
  ledgerMatchesReserved,
  stockIsPossible,
} from './checks-store.ts'
import { refreshProductCacheOnProductChanged, updateStockOnStockChange } from './consumers.ts'
import { countProducts } from './counts-actions.ts'
import { ledgerIsAsWritten } from './digests-store.ts'
import { documentRoutes } from './documents-routes.ts'
import { exportMovements, type ExportNeeds, exportProducts } from './export-actions.ts'
import { exportRoutes } from './export-routes.ts'
import { createImporter, type Importer } from './import-actions.ts'
import { importRoutes } from './import-routes.ts'
import { pastImportRoutes } from './imports-routes.ts'
import { inventoryRoutes, type InventoryRoutesOptions } from './routes.ts'
import * as schema from './schema.ts'
import type { NewProduct } from './schema.ts'
import { stockCountRoutes } from './stock-counts-routes.ts'

export { readReserved } from './checks-store.ts'
export { countByStockStatus } from './counts-store.ts'
export { skusOf } from './export-store.ts'
export { namedImages } from './images-store.ts'
export type { ImportOutcome } from './import-actions.ts'
export { decimalsOf, formatMoney } from './import-values-rules.ts'
export { lowestPricesSince } from './prices-store.ts'
export { mergeLines } from './rules.ts'
export * from './schema.ts'
export { addMissing, sellFromShelf } from './shelf-actions.ts'
export { recordMovement, releaseStock, reserveStock, sellStock } from './stock-actions.ts'
export { lockForSale, lockStock, type StockRow } from './stock-store.ts'
export { describeProducts, type ProductDescription } from './store.ts'

export interface Inventory extends Module {
  /** Makes many products in one transaction, in order. @returns their ids */
  createProducts(cause: Cause, products: readonly NewProduct[]): Promise<number[]>
  /** Products from a file: looked at first, then written. */
  readonly importFile: Importer
  /** As CSV, a piece at a time. */
  exportProducts(options: Parameters<typeof exportProducts>[2]): AsyncIterable<string>
  exportMovements(options: Parameters<typeof exportMovements>[2]): AsyncIterable<string>
}

export function createInventory(
  core: Core,
  needs: Pick<InventoryRoutesOptions, 'showStock' | 'lowStockThreshold' | 'orderExists'> &
    ExportNeeds,
): Inventory {
  const productIds = createSequence(core.store, 'products', 1)
  const barcodeNumbers = createSequence(core.store, 'barcodes', 1)
  const documentIds = createSequence(core.store, 'documents', 1)
  const countIds = createSequence(core.store, 'stock_counts', 1)
  const catalogue = createCatalogue(core)
  const { store, log } = core
  const importFile = createImporter({ store, log, productIds, documentIds, catalogue, ...needs })
  return {
    name: 'inventory',
    routes(app) {
      inventoryRoutes(app, { core, productIds, barcodeNumbers, catalogue, ...needs })
      importRoutes(app, core.store.dialect, importFile)
      exportRoutes(app, core, needs)
      documentRoutes(app, core, documentIds, needs)
      stockCountRoutes(app, { core, countIds, documentIds, ...needs })
      pastImportRoutes(app, { store, documentIds, catalogue }, needs)
    },
    events: [
      schema.StockReserved,
      schema.StockReleased,
      schema.StockMoved,
      schema.StockLow,
      schema.StockOut,
      schema.StockShort,
      schema.ProductChanged,
      schema.ProductPriceChanged,
      schema.InventoryImported,
    ],
    consumers: [
      updateStockOnStockChange(core.store),
      refreshProductCacheOnProductChanged(catalogue),
    ],
    checks: [
      ledgerIsAsWritten,
      ledgerMatchesOnHand,
      ledgerMatchesReserved,
      stockIsPossible,
      everyProductHasStock,
    ],
    upkeep: [],
    gauges: countProducts(core),
    importFile,
    exportProducts: (options) => exportProducts(core.store, needs, options),
    exportMovements: (options) => exportMovements(core.store, needs, options),
    async createProducts(cause, products) {
      const ids = await createProducts(core.store, productIds, cause, products)
      await catalogue.refresh(ids.map((product_id) => ({ product_id, version: 1 })))
      return ids
    },
  }
}
