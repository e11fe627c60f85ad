// Owns what only the editing of products reads and asks for: earlier prices, new barcodes, the shop's defaults.
import { useMutation, useQuery } from '@tanstack/react-query'

import type { PriceChange } from '../../../../src/modules/inventory/schema.ts'
import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { api } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

/** Newest first. */
export function usePriceChanges(productId: number) {
  return usePages<PriceChange>({
    queryKey: keys.prices(productId),
    path: `/inventory/${productId}/prices`,
    limit: 50,
  })
}

/** What a new product's threshold is when nobody says another; null as long as it isn't known. */
export function useDefaultThreshold(enabled: boolean): number | null {
  const { data } = useQuery({
    queryKey: keys.settings,
    queryFn: async () => (await api.get<{ item: Settings }>('/settings')).item,
    enabled,
    staleTime: 60_000,
  })
  return enabled ? (data?.low_stock_threshold ?? null) : null
}

/** A barcode of the shop's own that no product has yet. */
export function useNewBarcode() {
  return useMutation({
    mutationFn: async () =>
      (await api.post<{ item: { barcode: string } }>('/inventory/barcodes')).item.barcode,
  })
}
