// Owns reading and changing the shop's settings over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { Settings, SettingsPatch } from '../../../../src/modules/shop/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export function useSettings() {
  return useQuery({
    queryKey: keys.settings,
    queryFn: async () => (await api.get<{ item: Settings }>('/settings')).item,
  })
}

export function useSaveSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (patch: SettingsPatch) =>
      (await api.patch<{ item: Settings }>('/settings', patch)).item,
    onSuccess: (settings) => {
      client.setQueryData(keys.settings, settings)
      void client.invalidateQueries({ queryKey: keys.shop })
    },
  })
}

/** With the first order the currency is fixed. */
export function useHasOrders(): boolean {
  const query = { limit: 1 }
  const orders = useQuery({
    queryKey: keys.orderList(query),
    queryFn: () => api.get<Page<unknown>>('/orders', query),
  })
  return (orders.data?.items.length ?? 0) > 0
}
