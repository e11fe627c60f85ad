// Owns all about one person as staff see it: the facts, what may be done, and where they are logged in.
import { Alert, Button, Descriptions, Drawer, Empty, Skeleton, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useSession } from '../../lib/session.ts'
import { limitOf } from './limits.ts'
import styles from './people.module.css'
import { PersonActions } from './person-actions.tsx'
import { useActiveOwners, usePerson } from './queries.ts'
import { RoleTag } from './role-tag.tsx'
import { SessionList } from './session-list.tsx'

interface PersonDrawerProps {
  readonly userId: number | null
  readonly label: string
  readonly onClose: () => void
  /** What else there is to see of them and to do for them. */
  readonly children?: (user: User) => ReactNode
}

export function PersonDrawer({ userId, label, onClose, children }: PersonDrawerProps) {
  return (
    <Drawer
      aria-label={label}
      open={userId !== null}
      onClose={onClose}
      size={560}
      destroyOnHidden
      closable={false}
    >
      {userId !== null && (
        <PersonById key={userId} userId={userId} onClose={onClose}>
          {children}
        </PersonById>
      )}
    </Drawer>
  )
}

interface PersonByIdProps {
  readonly userId: number
  readonly onClose: () => void
  readonly children: ((user: User) => ReactNode) | undefined
}

function PersonById({ userId, onClose, children }: PersonByIdProps) {
  const { t } = useTranslation()
  const person = usePerson(userId)
  const close = <Button onClick={onClose}>{t('actions.close')}</Button>
  if (person.isPending) return <Skeleton active />
  if (person.data === undefined) {
    return (
      <Alert
        type="error"
        title={person.error?.message}
        action={<Button onClick={() => void person.refetch()}>{t('actions.retry')}</Button>}
      />
    )
  }
  if (person.data === null) return <Empty description={t('people.missing')}>{close}</Empty>
  return (
    <PersonView user={person.data} onClose={onClose}>
      {children?.(person.data)}
    </PersonView>
  )
}

interface PersonViewProps {
  readonly user: User
  readonly onClose: () => void
  readonly children: ReactNode
}

function PersonView({ user, onClose, children }: PersonViewProps) {
  const { t } = useTranslation()
  const { user: me, may } = useSession()
  const owners = useActiveOwners(may('manager') && user.role === 'owner')
  if (!me) return null
  const limit = limitOf(me, user, owners)
  return (
    <div className={styles.person}>
      <div className={styles.head}>
        <div className={styles.title}>
          <h2>{user.display_name || user.username}</h2>
          <p>
            {user.role !== 'customer' && <RoleTag role={user.role} />}
            {!user.active && <Tag>{t('people.disabled')}</Tag>}
          </p>
        </div>
        <Button onClick={onClose}>{t('actions.close')}</Button>
      </div>
      {may('manager') && <PersonActions user={user} limit={limit} onDeleted={onClose} />}
      <Facts user={user} />
      {children}
      {may('manager') && limit === null && (
        <section className={styles.section}>
          <h3>{t('people.sessions')}</h3>
          <SessionList userId={user.user_id} />
        </section>
      )}
    </div>
  )
}

function Facts({ user }: { user: User }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const facts: [string, ReactNode][] = [
    [t('people.username'), user.username],
    [t('people.phone'), user.phone && <a href={`tel:${user.phone}`}>{user.phone}</a>],
    [t('people.email'), <a href={`mailto:${user.email}`}>{user.email}</a>],
    [t('people.joined'), dateTime(user.created_at)],
  ]
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      styles={{ label: { whiteSpace: 'nowrap' }, content: { overflowWrap: 'anywhere' } }}
      items={facts
        .filter(([, value]) => value)
        .map(([label, value]) => ({ key: label, label, children: value }))}
    />
  )
}
