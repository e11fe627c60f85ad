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

interface Sending {
  readonly body: NewReceipt
  /** The same key for the same delivery: sent again, it still counts once. */
  readonly key: string
}

/** @param onPosted is called even when the page has been left by then */
export function usePostReceipt(onPosted: (document: StockDocument, sent: Sending) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ body, key }: Sending) =>
      (
        await api.post<{ item: StockDocument }>('/inventory/receipts', body, {
          'idempotency-key': key,
        })
      ).item,
    onSuccess: onPosted,
    // Not waited for: the next delivery begins at once.
    onSettled: () => void client.invalidateQueries({ queryKey: keys.inventory }),
  })
}
