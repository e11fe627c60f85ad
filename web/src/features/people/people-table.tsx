// Owns the table of people: who they are, what they may do, and whether they can log in.
import { Button, Empty, Grid, Table, Tag } from 'antd'
import type { ColumnsType } from 'antd/es/table'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useSession } from '../../lib/session.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import styles from './people.module.css'
import { RoleTag } from './role-tag.tsx'

export interface PeopleList {
  readonly items: readonly User[]
  readonly loading: boolean
  readonly stale: boolean
  readonly error: Error | null
  readonly retry: () => void
  readonly hasMore: boolean
  readonly loadingMore: boolean
  readonly loadMore: () => void
}

interface PeopleTableProps {
  readonly people: PeopleList
  /** Customers all have the same one. */
  readonly withRole?: boolean
  readonly onOpen: (userId: number) => void
  /** Shown when there is nobody to list. */
  readonly empty: ReactNode
}

export function PeopleTable({ people, withRole = false, onOpen, empty }: PeopleTableProps) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  const columns = useColumns(withRole)
  if (people.error) return <LoadFailure error={people.error} onRetry={people.retry} />
  return (
    <>
      <Table<User>
        rowKey="user_id"
        size="middle"
        {...(wide && { scroll: { x: 760 } })}
        pagination={false}
        loading={people.loading || people.stale}
        dataSource={people.items}
        locale={{ emptyText: people.loading ? <Empty description={false} /> : empty }}
        onRow={({ user_id: id }) => ({
          onClick: () => onOpen(id),
          style: { cursor: 'pointer' },
        })}
        columns={columns}
      />
      {people.hasMore && (
        <p className={styles.more}>
          <Button loading={people.loadingMore} onClick={people.loadMore}>
            {t('actions.loadMore')}
          </Button>
        </p>
      )}
    </>
  )
}

function useColumns(withRole: boolean): ColumnsType<User> {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return [
    { title: t('people.name'), key: 'name', render: (_, user) => <Who user={user} /> },
    ...(withRole
      ? [
          {
            title: t('people.role'),
            key: 'role',
            width: 110,
            render: (_: unknown, user: User) => <RoleTag role={user.role} />,
          },
        ]
      : []),
    { title: t('people.phone'), dataIndex: 'phone', width: 160, responsive: ['md'] },
    {
      title: t('people.email'),
      dataIndex: 'email',
      responsive: ['lg'],
      width: 230,
      ellipsis: true,
    },
    {
      title: t('people.joined'),
      key: 'joined',
      responsive: ['md'],
      width: 170,
      render: (_, user) => dateTime(user.created_at),
    },
    {
      title: t('people.state'),
      key: 'state',
      width: 90,
      render: (_, { active }) =>
        active ? (
          <Tag color="success">{t('people.active')}</Tag>
        ) : (
          <Tag>{t('people.disabled')}</Tag>
        ),
    },
  ]
}

/** On a phone, where columns are few, the number to call stands with the name. */
function Who({ user }: { user: User }) {
  const { t } = useTranslation()
  const { user: me } = useSession()
  const wide = Grid.useBreakpoint().md ?? true
  const below = [user.display_name && user.username, !wide && user.phone].filter(Boolean)
  return (
    <>
      <button type="button" className={styles.name}>
        {user.display_name || user.username}
      </button>
      {me?.user_id === user.user_id && <span className={styles.you}>{t('people.you')}</span>}
      {below.length > 0 && <span className={styles.below}>{below.join(' · ')}</span>}
    </>
  )
}
