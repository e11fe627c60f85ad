// Owns reading and changing what one wants to be told: a choice shows at once, and goes back if it wasn't kept.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type {
  Channel,
  NotificationKind,
  NotificationPreferences,
} from '../../../../src/modules/notifications/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { showFailure } from '../../ui/toast-store.ts'

const path = '/me/notification-preferences'
interface Answer {
  readonly item: NotificationPreferences
}

export function usePreferences() {
  return useQuery({
    queryKey: keys.notificationPreferences,
    queryFn: async () => (await api.get<Answer>(path)).item,
  })
}

export interface PreferenceChange {
  readonly kind: NotificationKind
  readonly channel: Channel
  readonly wanted: boolean
}

export function useChoose() {
  const client = useQueryClient()
  const queryKey = keys.notificationPreferences
  return useMutation({
    mutationFn: async ({ kind, channel, wanted }: PreferenceChange) =>
      (await api.put<Answer>(path, { kinds: [{ kind, [channel]: wanted }] })).item,
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData<NotificationPreferences>(queryKey, (now) => now && changed(now, change))
    },
    onError: (error) => {
      showFailure(error)
      return client.invalidateQueries({ queryKey })
    },
    // Not while others are on their way: this answer doesn't know of them.
    onSuccess: (item) => {
      if (client.isMutating({ mutationKey: queryKey }) === 1) client.setQueryData(queryKey, item)
    },
    mutationKey: queryKey,
  })
}

function changed(
  { channels, kinds }: NotificationPreferences,
  { kind, channel, wanted }: PreferenceChange,
): NotificationPreferences {
  return {
    channels,
    kinds: kinds.map((one) => (one.kind === kind ? { ...one, [channel]: wanted } : one)),
  }
}
