// Owns reading and changing products and stock over the API.
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'

import { foldText } from '../../../../src/lib/text.ts'
import type {
  InventoryItem,
  Movement,
  NewMovement,
  NewProduct,
  ProductPatch,
} from '../../../../src/modules/inventory/schema.ts'
import { api, ApiError, type Page, type Query } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

/** What others buy meanwhile shows up without a reload. */
const freshEvery = 15_000

export function useProducts(query: Query, live = false) {
  return usePages<InventoryItem>({
    queryKey: keys.products(query),
    path: '/inventory',
    query,
    ...(live && { limit: 100 }),
    refetchInterval: live ? freshEvery : false,
  })
}

/** What the server finds for this text now. */
export async function fetchProducts(search: string): Promise<readonly InventoryItem[]> {
  return (await api.get<Page<InventoryItem>>('/inventory', { search, limit: 100 })).items
}

/** The product that has this barcode or SKU, as a scanner reads it. */
export function exactProduct(
  found: readonly InventoryItem[],
  code: string,
): InventoryItem | undefined {
  const is = (text: string | null | undefined) => text != null && foldText(text) === foldText(code)
  return found.find(({ barcode }) => is(barcode)) ?? found.find(({ sku }) => is(sku))
}

export function useCategories() {
  return useQuery({
    queryKey: keys.categories,
    queryFn: async () =>
      (await api.get<{ items: { category: string; products: number }[] }>('/inventory/categories'))
        .items,
    staleTime: 60_000,
  })
}

/** One product; null when there is none (any more). */
function productQuery(productId: number, live = true) {
  return {
    queryKey: keys.product(productId),
    queryFn: async () => {
      try {
        return (await api.get<{ item: InventoryItem }>(`/inventory/${productId}`)).item
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
    refetchInterval: live ? freshEvery : (false as const),
  }
}

export function useProduct(productId: number) {
  return useQuery(productQuery(productId))
}

/** Several products by id: undefined while on the way, null when gone. */
export function useProductsById(productIds: readonly number[], live = true) {
  return useQueries({
    queries: productIds.map((productId) => productQuery(productId, live)),
    combine: (results) => ({
      products: new Map(productIds.map((id, index) => [id, results[index]?.data])),
      loading: results.some((result) => result.isPending),
      error: results.find((result) => result.isError && !result.data)?.error ?? null,
      retry: () => results.forEach((result) => void result.refetch()),
    }),
  })
}

export function useMovements(productId: number) {
  return usePages<Movement>({
    queryKey: keys.movements(productId),
    path: `/inventory/${productId}/movements`,
  })
}

export function useAddMovement(productId: number) {
  const client = useQueryClient()
  return useMutation({
    /** The same key for the same entry: sent again, it still counts once. */
    mutationFn: ({ body, key }: { body: NewMovement; key: string }) =>
      api.post(`/inventory/${productId}/movements`, body, { 'idempotency-key': key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.inventory }),
  })
}

export function useSaveProduct(productId: number | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewProduct | ProductPatch) =>
      productId === null
        ? api.post<{ item: InventoryItem }>('/inventory', body)
        : api.patch<{ item: InventoryItem }>(`/inventory/${productId}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.inventory }),
  })
}
