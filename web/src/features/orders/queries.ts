// Owns reading orders, placing them, and moving them on over the API.
import {
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'

import type { NewOrder, Order, OrderStatus } from '../../../../src/modules/orders/schema.ts'
import { api, ApiError, type Page, type Query } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'
import type { OrderAction } from './order-actions.ts'

/** What other staff do isn't announced to everybody: open lists look again by themselves. */
const freshEvery = 5_000

export function useOrders(query: Query, live = false) {
  return usePages<Order>({
    queryKey: keys.orderList(query),
    path: '/orders',
    query,
    limit: live ? 100 : 20,
    refetchInterval: live ? freshEvery : false,
  })
}

/** Beyond this many, "more than" is enough. */
export const mostCounted = 500
const countedAtOnce = 100

/** How many orders a person has; the server has no number of them, so they are turned over page by page. */
export function useOrderCount(userId: number) {
  return useQuery({
    queryKey: keys.orderCount(userId),
    queryFn: async ({ signal }) => {
      let cursor: string | null = null
      for (let count = 0; ;) {
        const query = { user_id: userId, limit: countedAtOnce, cursor }
        const page: Page<Order> = await api.get<Page<Order>>('/orders', query, signal)
        count += page.items.length
        cursor = page.next_cursor
        if (cursor === null || count > mostCounted) return count
      }
    },
  })
}

/** The newest orders of one status, for a column of the board. */
export function boardColumnQuery(status: OrderStatus) {
  const query = { status, limit: 50 }
  return queryOptions({
    queryKey: keys.orderList(query),
    queryFn: () => api.get<Page<Order>>('/orders', query),
    refetchInterval: freshEvery,
  })
}

export function useBoardColumn(status: OrderStatus) {
  return useQuery(boardColumnQuery(status))
}

/** Several orders by id, those that exist, in the order of the ids. */
export function useOrdersById(orderIds: readonly number[]) {
  return useQueries({
    queries: orderIds.map((orderId) => orderQuery(orderId)),
    combine: (results) => ({
      orders: results.flatMap((result) => result.data ?? []),
      loading: results.some((result) => result.isPending),
      error: results.find((result) => result.isError && !result.data)?.error ?? null,
      retry: () => results.forEach((result) => void result.refetch()),
    }),
  })
}

/** One order; null when there is none that this user may see. */
export function useOrder(orderId: number) {
  return useQuery({ ...orderQuery(orderId), refetchInterval: 15_000 })
}

function orderQuery(orderId: number) {
  return queryOptions({
    queryKey: keys.order(orderId),
    queryFn: async () => {
      try {
        return (await api.get<{ item: Order }>(`/orders/${orderId}`)).item
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
  })
}

export interface PlacedOrder {
  readonly order_id: number
  readonly order_number: string
  readonly total_cents: number
}

export function usePlaceOrder() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ order, key }: { order: NewOrder; key: string }) =>
      api.post<PlacedOrder>('/orders', order, { 'idempotency-key': key }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.orders }),
        client.invalidateQueries({ queryKey: keys.inventory }),
      ]),
  })
}

interface Step {
  readonly orderId: number
  readonly action: OrderAction
  readonly body?: { carrier: string; tracking_number: string } | { reason: string }
}

export function useMoveOrder() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ orderId, action, body = undefined }: Step) =>
      api.put<{ item: Order }>(`/orders/${orderId}/${action}`, body ?? {}),
    onSuccess: ({ item }) => client.setQueryData(keys.order(item.order_id), item),
    // Also after a refusal: somebody else may have moved it.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.orders })
      void client.invalidateQueries({ queryKey: keys.inventory })
    },
  })
}
