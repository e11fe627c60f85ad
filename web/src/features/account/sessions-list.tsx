// Owns where one is logged in, and logging out there.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Session } from '../../../../src/modules/users/schema.ts'
import { api } from '../../lib/api.ts'
import { deviceName } from '../../lib/device-name.ts'
import { useFormat } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import styles from './sessions-list.module.css'

export function SessionsList() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: async () => (await api.get<{ items: Session[] }>('/me/sessions')).items,
  })
  const revoke = useMutation({
    mutationFn: (sessionId: number | null) =>
      api.delete(sessionId === null ? '/me/sessions' : `/me/sessions/${sessionId}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
    onError: showFailure,
  })

  if (sessions.isPending) return <SkeletonList count={2} height={56} />
  if (!sessions.data) {
    return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
  }
  return (
    <div className={styles.sessions}>
      <ul>
        {sessions.data.map((session) => (
          <SessionRow
            key={session.session_id}
            session={session}
            onRevoke={() => revoke.mutate(session.session_id)}
          />
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <Button tone="danger" busy={revoke.isPending} onClick={() => revoke.mutate(null)}>
          {t('account.revokeOthers')}
        </Button>
      )}
    </div>
  )
}

function SessionRow({ session, onRevoke }: { session: Session; onRevoke: () => void }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const name = deviceName(session.user_agent)
  return (
    <li className={styles.row}>
      <Icon name="device" />
      <div className={styles.what}>
        <p>
          {name} {session.current && <Badge tone="good">{t('account.thisDevice')}</Badge>}
        </p>
        <p className={styles.when}>
          {session.address} · {t('account.lastSeen', { time: dateTime(session.last_seen_at) })}
        </p>
      </div>
      {!session.current && (
        <Button
          tone="quiet"
          size="sm"
          onClick={onRevoke}
          aria-label={t('account.revokeNamed', { name })}
        >
          {t('account.revoke')}
        </Button>
      )}
    </li>
  )
}
