// Owns the staff's page of all notifications.
import { useTranslation } from 'react-i18next'

import { NotificationList } from '../../../features/notifications/notification-list.tsx'
import { useMarkRead, useUnreadCount } from '../../../features/notifications/queries.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { linkFor } from '../link-for.ts'

export function NotificationsPage() {
  const { t } = useTranslation()
  const unread = useUnreadCount(true)
  const markRead = useMarkRead()
  return (
    <div style={{ maxWidth: 760 }}>
      <PageHeader title={t('nav.notifications')}>
        {unread > 0 && (
          <Button size="sm" busy={markRead.isPending} onClick={() => markRead.mutate(null)}>
            {t('notifications.markAllRead')}
          </Button>
        )}
      </PageHeader>
      <NotificationList linkFor={linkFor} />
    </div>
  )
}
