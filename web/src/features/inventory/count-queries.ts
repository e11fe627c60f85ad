// Owns reading and changing counts over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type {
  CountEntry,
  CountPosting,
  NewCount,
  StockCount,
  StockCountLine,
} from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { api, ApiError, type Page } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

const path = '/inventory/counts'
/** Several people may count together. */
const freshEvery = 10_000

export function useCounts() {
  return usePages<StockCount>({ queryKey: keys.countList({}), path, refetchInterval: freshEvery })
}

/** Null when there is none. */
export function useCount(countId: number) {
  return useQuery({
    queryKey: keys.count(countId),
    queryFn: async () => {
      try {
        return (await api.get<{ item: StockCount }>(`${path}/${countId}`)).item
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
    refetchInterval: freshEvery,
  })
}

/** All of a count, for its sheet and its search: a page after a page. */
export function useCountLines(countId: number) {
  return useQuery({
    queryKey: keys.countLines(countId),
    queryFn: async ({ signal }) => {
      const lines: StockCountLine[] = []
      for (let cursor: string | null = null; ;) {
        const query = { limit: 100, cursor }
        const page: Page<StockCountLine> = await api.get<Page<StockCountLine>>(
          `${path}/${countId}/lines`,
          query,
          signal,
        )
        lines.push(...page.items)
        if (page.next_cursor === null) return lines
        cursor = page.next_cursor
      }
    },
    staleTime: freshEvery,
  })
}

export function useStartCount() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ body, key }: { body: NewCount; key: string }) =>
      (await api.post<{ item: StockCount }>(path, body, { 'idempotency-key': key })).item,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.counts }),
  })
}

type Entered = Pick<
  StockCountLine,
  'product_id' | 'counted' | 'expected' | 'difference' | 'counted_by' | 'counted_at'
>

export function useEnterCount(countId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ productId, entry }: { productId: number; entry: CountEntry }) =>
      (await api.put<{ item: Entered }>(`${path}/${countId}/lines/${productId}`, entry)).item,
    // A look that is under way has the numbers of before, and would put them back.
    onMutate: () => client.cancelQueries({ queryKey: keys.countLines(countId) }),
    onSuccess: async (entered) => {
      await client.cancelQueries({ queryKey: keys.countLines(countId) })
      client.setQueryData<StockCountLine[]>(keys.countLines(countId), (lines) =>
        lines?.map((line) =>
          line.product_id === entered.product_id ? { ...line, ...entered } : line,
        ),
      )
      void client.invalidateQueries({ queryKey: keys.count(countId) })
    },
    // Somebody else has entered it: what stands there now is what matters.
    onError: () => client.invalidateQueries({ queryKey: keys.countLines(countId) }),
  })
}

export function useCloseCount(countId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (posting: CountPosting | null) => {
      const step = posting ? 'posting' : 'cancellation'
      return (await api.put<{ item: StockCount }>(`${path}/${countId}/${step}`, posting ?? {})).item
    },
    // Not waited for: whoever asked may be gone from the page by then, and would hear nothing.
    onSettled: () => void client.invalidateQueries({ queryKey: keys.inventory }),
  })
}
