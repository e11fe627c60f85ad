// Owns the number of unread notifications beside the bell.
import { useTranslation } from 'react-i18next'

import { useSession } from '../../lib/session.ts'
import { CountBadge } from '../../ui/badge.tsx'
import { useUnreadCount } from './queries.ts'

export function UnreadBadge() {
  const { t } = useTranslation()
  const { user } = useSession()
  const unread = useUnreadCount(user !== null)
  return (
    <>
      <CountBadge count={unread} />
      {unread > 0 && (
        <span className="visually-hidden">{t('notifications.unreadCount', { count: unread })}</span>
      )}
    </>
  )
}
