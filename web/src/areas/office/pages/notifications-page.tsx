// Owns the staff's notification centre: what they were told, and what they want to be told.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

import { NotificationList } from '../../../features/notifications/notification-list.tsx'
import { Preferences } from '../../../features/notifications/preferences.tsx'
import { useMarkRead, useUnreadCount } from '../../../features/notifications/queries.ts'
import { useSession } from '../../../lib/session.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { linkFor } from '../link-for.ts'
import styles from './notifications-page.module.css'

const views = ['list', 'preferences'] as const

export function NotificationsPage() {
  const { t } = useTranslation()
  const { user } = useSession()
  const address = useUrlFilters()
  const view = address.oneOf('view', views) ?? 'list'
  const unread = useUnreadCount(true)
  const markRead = useMarkRead()
  if (!user) return null
  return (
    <div className={styles.page}>
      <PageHeader title={t('nav.notifications')}>
        {view === 'list' && unread > 0 && (
          <Button size="sm" busy={markRead.isPending} onClick={() => markRead.mutate(null)}>
            {t('notifications.markAllRead')}
          </Button>
        )}
      </PageHeader>
      <Segmented
        className={styles.views ?? ''}
        aria-label={t('nav.notifications')}
        value={view}
        options={[
          { value: 'list', label: t('preferences.list') },
          { value: 'preferences', label: t('preferences.tab') },
        ]}
        onChange={(next) => address.set({ view: next === 'list' ? null : next })}
      />
      {view === 'list' ? <NotificationList linkFor={linkFor} /> : <Preferences role={user.role} />}
    </div>
  )
}
