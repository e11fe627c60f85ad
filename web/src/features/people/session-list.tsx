// Owns where somebody is logged in, and logging them out there.
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Session } from '../../../../src/modules/users/schema.ts'
import { deviceName } from '../../lib/device-name.ts'
import { useFormat } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import styles from './people.module.css'
import { useEndSession, useSessions } from './queries.ts'

export function SessionList({ userId }: { userId: number }) {
  const { t } = useTranslation()
  const sessions = useSessions(userId)
  const end = useEndSession(userId)
  const endSession = (sessionId: number | null) =>
    end.mutate(sessionId, {
      onSuccess: () => showToast({ tone: 'good', text: t('people.ended') }),
      onError: showFailure,
    })
  if (sessions.isPending) return <Skeleton active paragraph={{ rows: 2 }} />
  if (!sessions.data) return <LoadFailure error={sessions.error} onRetry={sessions.refetch} />
  if (sessions.data.length === 0) return <p className={styles.limit}>{t('people.noSessions')}</p>
  return (
    <>
      <ul>
        {sessions.data.map((session) => (
          <SessionRow
            key={session.session_id}
            session={session}
            ending={end.isPending && end.variables === session.session_id}
            onEnd={() => endSession(session.session_id)}
          />
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <p>
          <Button
            danger
            loading={end.isPending && end.variables === null}
            onClick={() => endSession(null)}
          >
            {t('people.endAll')}
          </Button>
        </p>
      )}
    </>
  )
}

interface SessionRowProps {
  readonly session: Session
  readonly ending: boolean
  readonly onEnd: () => void
}

function SessionRow({ session, ending, onEnd }: SessionRowProps) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const name = deviceName(session.user_agent)
  return (
    <li className={styles.session}>
      <Icon name="device" />
      <div className={styles.device}>
        <p>{name}</p>
        <p>
          {session.address} · {t('people.lastSeen', { time: dateTime(session.last_seen_at) })}
        </p>
      </div>
      <Button loading={ending} aria-label={t('people.endOneNamed', { name })} onClick={onEnd}>
        {t('people.endOne')}
      </Button>
    </li>
  )
}
