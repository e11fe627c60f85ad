// Owns reading and posting documents of stock over the API.
import { useMutation, useQueryClient } from '@tanstack/react-query'

import type {
  NewReceipt,
  StockDocument,
} from '../../../../src/modules/inventory/documents-schema.ts'
import { api } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

export function useReceipts() {
  const query = { kind: 'receipt' }
  return usePages<StockDocument>({
    queryKey: keys.documents(query),
    path: '/inventory/documents',
    query,
    limit: 10,
  })
}

export function usePostReceipt() {
  const client = useQueryClient()
  return useMutation({
    /** The same key for the same delivery: sent again, it still counts once. */
    mutationFn: async ({ body, key }: { body: NewReceipt; key: string }) =>
      (
        await api.post<{ item: StockDocument }>('/inventory/receipts', body, {
          'idempotency-key': key,
        })
      ).item,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.inventory }),
  })
}
