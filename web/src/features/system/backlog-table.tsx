// Owns the table of consumer groups: what each still has to do, retries and has given up.
import { Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SystemState } from '../../../../src/modules/system/schema.ts'
import { useFormat } from '../../lib/format.ts'

type Group = SystemState['groups'][number]

export function BacklogTable({ groups }: { groups: readonly Group[] }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  return (
    <Table<Group>
      rowKey="group"
      size="small"
      pagination={false}
      dataSource={groups}
      columns={[
        { title: t('office.system.group'), dataIndex: 'group' },
        { title: t('office.system.stream'), dataIndex: 'stream', width: 130, responsive: ['md'] },
        {
          title: t('office.system.backlog'),
          key: 'backlog',
          align: 'right',
          width: 84,
          render: (_, group) => number(group.backlog),
        },
        {
          title: t('office.system.retrying'),
          key: 'retrying',
          align: 'right',
          width: 84,
          render: (_, group) =>
            group.retrying > 0 ? <Tag color="warning">{number(group.retrying)}</Tag> : 0,
        },
        {
          title: t('office.system.dead'),
          key: 'dead',
          align: 'right',
          width: 84,
          render: (_, group) =>
            group.dead > 0 ? <Tag color="error">{number(group.dead)}</Tag> : 0,
        },
      ]}
    />
  )
}
