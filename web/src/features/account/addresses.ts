// Owns reading and changing one's own address book over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { Address, NewAddress } from '../../../../src/modules/users/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export type { Address }

export function useAddresses() {
  return useQuery({
    queryKey: keys.addresses,
    queryFn: async () => (await api.get<{ items: Address[] }>('/me/addresses')).items,
  })
}

/** Adds an address, or changes one. */
export function useSaveAddress() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, address }: { id: number | null; address: NewAddress }) => {
      const { item } =
        id === null
          ? await api.post<{ item: Address }>('/me/addresses', address)
          : await api.patch<{ item: Address }>(`/me/addresses/${id}`, address)
      return item
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.addresses }),
  })
}

export function useDeleteAddress() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.delete(`/me/addresses/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.addresses }),
  })
}

/** As an order keeps it. */
export function orderAddress({ region, detail }: Address): string {
  return `${region} ${detail}`
}
