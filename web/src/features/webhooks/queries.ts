// Owns reading and changing webhooks over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type {
  NewWebhook,
  Webhook,
  WebhookPatch,
  WebhookSecret,
} from '../../../../src/modules/webhooks/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

const lookAgainMs = 10_000

export function useWebhooks() {
  return useQuery({
    queryKey: keys.webhooks,
    queryFn: async () => (await api.get<Page<Webhook>>('/webhooks')).items,
    refetchInterval: lookAgainMs,
  })
}

/** @returns the secret, which nobody is shown again */
export function useAddWebhook() {
  return useChange(
    async (body: NewWebhook) => (await api.post<{ item: WebhookSecret }>('/webhooks', body)).item,
  )
}

export function useChangeWebhook() {
  return useChange(({ id, ...change }: WebhookPatch & { readonly id: number }) =>
    api.patch(`/webhooks/${id}`, change),
  )
}

export function useRenewSecret() {
  return useChange(
    async (id: number) => (await api.put<{ item: WebhookSecret }>(`/webhooks/${id}/secret`)).item,
  )
}

export function useDeleteWebhook() {
  return useChange((id: number) => api.delete(`/webhooks/${id}`))
}

export function useTestWebhook() {
  return useChange((id: number) => api.post(`/webhooks/${id}/tests`))
}

export function useReplayWebhook() {
  return useChange((id: number) => api.post(`/webhooks/${id}/replays`))
}

function useChange<Given, Result>(change: (given: Given) => Promise<Result>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: keys.webhooks }),
  })
}
