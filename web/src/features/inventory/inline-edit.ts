// Owns changing one number of a product in the table: shown at once, taken back when it is refused, and undone on
// request. The product's version goes along, so that nobody overwrites what somebody else has just changed.
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { api, ApiError, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export type InlineField = 'price_cents' | 'low_stock_threshold'

export interface InlineEdit {
  readonly product: InventoryItem
  readonly field: InlineField
  readonly value: number
}

type Pages = InfiniteData<Page<InventoryItem>>

export function useInlineEdit() {
  const client = useQueryClient()
  /** In every list that has it. */
  const show = useCallback(
    (product: InventoryItem) => {
      client.setQueriesData<Pages>({ queryKey: [...keys.inventory, 'list'] }, (data) =>
        data && 'pages' in data ? withProduct(data, product) : data,
      )
      client.setQueryData(keys.product(product.product_id), product)
    },
    [client],
  )
  return useMutation({
    mutationFn: async ({ product, field, value }: InlineEdit) => {
      const { product_id, version } = product
      const body = { [field]: value, ...(version !== undefined && { version }) }
      return (await api.patch<{ item: InventoryItem }>(`/inventory/${product_id}`, body)).item
    },
    onMutate: ({ product, field, value }) => show({ ...product, [field]: value }),
    onSuccess: show,
    onError: (error, { product }) => {
      show(product)
      // What stands in the table is old: look at what it is now.
      if (isConflict(error)) void client.invalidateQueries({ queryKey: keys.inventory })
    },
  })
}

export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'PRODUCT_CHANGED'
}

function withProduct(data: Pages, product: InventoryItem): Pages {
  const pages = data.pages.map((page) =>
    page.items.some(({ product_id }) => product_id === product.product_id)
      ? {
          ...page,
          items: page.items.map((item) =>
            item.product_id === product.product_id ? product : item,
          ),
        }
      : page,
  )
  return { ...data, pages }
}
