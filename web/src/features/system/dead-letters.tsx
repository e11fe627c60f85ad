// Owns the messages that were given up: why, what was in them, and trying again.
import { Button, Empty, Grid, Table } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeadLetter } from '../../../../src/modules/system/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { useFocusBack } from '../../ui/office/use-focus-back.ts'
import { useDeadLetters, useReplay } from './queries.ts'
import styles from './system.module.css'

export function DeadLetters() {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const letters = useDeadLetters()
  const box = useRef<HTMLDivElement>(null)
  const toList = () => box.current?.focus({ preventScroll: true })
  if (letters.error) return <LoadFailure error={letters.error} onRetry={letters.retry} />
  return (
    <div ref={box} tabIndex={-1}>
      <Table<DeadLetter>
        rowKey="dead_letter_id"
        size="small"
        pagination={false}
        loading={letters.loading}
        dataSource={letters.items}
        locale={{
          emptyText: <Empty description={t('office.system.noDeadLetters')} />,
        }}
        expandable={{
          columnTitle: <span className="visually-hidden">{t('office.system.payload')}</span>,
          expandedRowRender: (letter) => (
            <pre className={styles.payload}>{JSON.stringify(letter.payload, null, 2)}</pre>
          ),
        }}
        columns={[
          {
            title: t('office.system.event'),
            key: 'type',
            ...(wide && { width: 150 }),
            render: (_, letter) => (
              <>
                {letter.type}
                {!wide && <span className={styles.below}>{letter.error}</span>}
              </>
            ),
          },
          { title: t('office.system.group'), dataIndex: 'group', width: 220, responsive: ['xl'] },
          {
            title: t('office.system.error'),
            dataIndex: 'error',
            ellipsis: true,
            responsive: ['md'],
          },
          {
            title: t('office.system.attempts'),
            dataIndex: 'attempts',
            align: 'right',
            width: 100,
            responsive: ['xl'],
          },
          {
            title: t('office.system.failedAt'),
            key: 'failed',
            responsive: ['lg'],
            width: 170,
            render: (_, letter) => dateTime(letter.failed_at),
          },
          {
            key: 'replay',
            title: <span className="visually-hidden">{t('office.actionsColumn')}</span>,
            width: 100,
            render: (_, letter) => <Replay letter={letter} onLeft={toList} />,
          },
        ]}
      />
    </div>
  )
}

interface ReplayProps {
  readonly letter: DeadLetter
  readonly onLeft: () => void
}

function Replay({ letter, onLeft }: ReplayProps) {
  const { t } = useTranslation()
  const replay = useReplay()
  const part = useFocusBack(onLeft)
  return (
    <div ref={part}>
      <Button
        size="small"
        loading={replay.isPending}
        onClick={() => replay.mutate(letter.dead_letter_id)}
      >
        {t('office.system.replay')}
      </Button>
    </div>
  )
}
