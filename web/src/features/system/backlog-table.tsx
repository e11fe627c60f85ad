// Owns the table of consumer groups: what each still has to do, retries and has given up.
import { Grid, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { type Group, useBacklogHistory } from './backlog-history.ts'
import { BacklogLine } from './backlog-line.tsx'
import styles from './system.module.css'

interface BacklogTableProps {
  readonly groups: readonly Group[]
  /** When they were read. */
  readonly at: number
}

export function BacklogTable({ groups, at }: BacklogTableProps) {
  const { t } = useTranslation()
  const seen = useBacklogHistory(groups, at)
  const { number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  return (
    <Table<Group>
      rowKey="group"
      size="small"
      pagination={false}
      dataSource={groups}
      columns={[
        {
          title: t('office.system.group'),
          key: 'group',
          render: (_, group) => (
            <>
              {group.group}
              {!wide && <Counts group={group} />}
            </>
          ),
        },
        {
          title: t('systemPage.lately'),
          key: 'lately',
          width: wide ? 180 : 100,
          render: (_, { group }) => <BacklogLine group={group} looks={seen.get(group) ?? []} />,
        },
        { title: t('office.system.stream'), dataIndex: 'stream', width: 130, responsive: ['md'] },
        {
          title: t('office.system.backlog'),
          key: 'backlog',
          align: 'right',
          responsive: ['md'],
          width: 84,
          render: (_, group) => number(group.backlog),
        },
        {
          title: t('office.system.retrying'),
          key: 'retrying',
          align: 'right',
          responsive: ['md'],
          width: 84,
          render: (_, group) =>
            group.retrying > 0 ? <Tag color="warning">{number(group.retrying)}</Tag> : 0,
        },
        {
          title: t('office.system.dead'),
          key: 'dead',
          align: 'right',
          responsive: ['md'],
          width: 84,
          render: (_, group) =>
            group.dead > 0 ? <Tag color="error">{number(group.dead)}</Tag> : 0,
        },
      ]}
    />
  )
}

/** On a phone, where columns would leave no room for the name. */
function Counts({ group }: { group: Group }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const counts = [
    [t('office.system.backlog'), group.backlog],
    [t('office.system.retrying'), group.retrying],
    [t('office.system.dead'), group.dead],
  ] as const
  return (
    <span className={styles.below}>
      {counts.map(([name, count]) => `${name} ${number(count)}`).join(' · ')}
    </span>
  )
}
