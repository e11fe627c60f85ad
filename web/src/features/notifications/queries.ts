// Owns reading notifications and marking them read over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Notification } from '../../../../src/modules/notifications/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'
import { showFailure } from '../../ui/toast-store.ts'

interface NotificationPage extends Page<Notification> {
  readonly unread: number
}

export function fetchLatest(limit: number): Promise<NotificationPage> {
  return api.get('/notifications', { limit })
}

export function useNotifications() {
  useTranslation() // another language is another list
  return usePages<Notification>({
    queryKey: keys.notificationList(currentLanguage()),
    path: '/notifications',
    limit: 20,
  })
}

export function useUnreadCount(enabled: boolean): number {
  useTranslation()
  const summary = useQuery({
    queryKey: keys.notificationSummary(currentLanguage()),
    queryFn: () => fetchLatest(1),
    enabled,
    staleTime: 60_000,
  })
  return enabled ? (summary.data?.unread ?? 0) : 0
}

/** Marks one read, or all of them with `null`. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (notificationId: number | null) =>
      api.put(
        notificationId === null ? '/notifications/read' : `/notifications/${notificationId}/read`,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.notifications }),
    onError: showFailure,
  })
}
