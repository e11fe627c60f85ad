// Owns what is counted of products for Prometheus: how many there are plenty, few and none of.
import { seldom } from '../../lib/seldom.ts'
import type { Core } from '../../platform/module.ts'
import { countByStockStatus } from './counts-store.ts'
import { STOCK_STATUSES } from './schema.ts'

const MINUTE = 60_000

/** Reads the whole catalogue, and so not often. */
export function countProducts({ metrics, store }: Pick<Core, 'metrics' | 'store'>) {
  return seldom(
    MINUTE,
    () => performance.now(),
    async () => {
      const counts = await countByStockStatus(store.db)
      for (const stock_status of STOCK_STATUSES)
        metrics.products.set({ stock_status }, counts.get(stock_status) ?? 0)
    },
  )
}
