// Owns the list of notifications: what is new, what it is about, and marking it read.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Notification } from '../../../../src/modules/notifications/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import styles from './notification-list.module.css'
import { useMarkRead, useNotifications } from './queries.ts'

interface NotificationListProps {
  readonly linkFor: (notification: Notification) => string | null
}

export function NotificationList({ linkFor }: NotificationListProps) {
  const { t } = useTranslation()
  const list = useNotifications()
  const markRead = useMarkRead()

  if (list.loading) return <SkeletonList count={5} height={72} />
  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.items.length === 0) {
    return (
      <EmptyState icon="bell" title={t('notifications.none')} text={t('notifications.noneText')} />
    )
  }
  return (
    <>
      <ul className={styles.list}>
        {list.items.map((notification) => (
          <Row
            key={notification.notification_id}
            notification={notification}
            to={linkFor(notification)}
            onRead={() => markRead.mutate(notification.notification_id)}
          />
        ))}
      </ul>
      <LoadMore hasMore={list.hasMore} loading={list.loadingMore} onMore={list.loadMore} auto />
    </>
  )
}

interface RowProps {
  readonly notification: Notification
  readonly to: string | null
  readonly onRead: () => void
}

function Row({ notification, to, onRead }: RowProps) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { title, body, created_at: at, read_at: readAt } = notification
  const unread = readAt === null
  return (
    <li className={styles.row} data-unread={unread || undefined}>
      <div className={styles.text}>
        <p className={styles.title}>
          {to ? (
            <Link to={to} onClick={() => unread && onRead()}>
              {title}
            </Link>
          ) : (
            title
          )}
          {unread && <span className="visually-hidden">{t('notifications.unread')}</span>}
        </p>
        <p className={styles.body}>{body}</p>
      </div>
      <time className={styles.time} dateTime={at}>
        {dateTime(at)}
      </time>
      {unread && (
        <Button
          tone="quiet"
          size="sm"
          onClick={onRead}
          aria-label={t('notifications.markReadNamed', { title })}
        >
          {t('notifications.markRead')}
        </Button>
      )}
    </li>
  )
}
