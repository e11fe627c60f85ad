// Owns the list of backups on the server, each with what can be done with it.
import { App, Button, Empty, Grid, Space, Table, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Backup } from '../../../../src/modules/system/backup-schema.ts'
import { useFormat } from '../../lib/format.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import styles from './backups.module.css'
import { downloadPath, useDeleteBackup } from './queries.ts'

const colours: Record<Backup['state'], string> = {
  running: 'processing',
  ready: 'success',
  failed: 'error',
}

interface BackupsTableProps {
  readonly backups: readonly Backup[]
  readonly onRestore: (backup: Backup) => void
}

export function BackupsTable({ backups, onRestore }: BackupsTableProps) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const wide = Grid.useBreakpoint().lg ?? true
  return (
    <Table<Backup>
      rowKey="name"
      size="middle"
      pagination={false}
      dataSource={backups}
      locale={{ emptyText: <Empty description={t('backups.none')} /> }}
      columns={[
        {
          title: t('backups.created'),
          key: 'created',
          render: (_, backup) => (
            <>
              {dateTime(backup.created_at)}
              <small className={styles.name}>{backup.name}</small>
              {backup.problem !== null && <span className={styles.problem}>{backup.problem}</span>}
              {!wide && (
                <div className={styles.below}>
                  <span>
                    <StateTag backup={backup} /> <Size backup={backup} />
                  </span>
                  <Row backup={backup} onRestore={onRestore} />
                </div>
              )}
            </>
          ),
        },
        {
          title: t('backups.size'),
          key: 'size',
          align: 'right',
          width: 100,
          responsive: ['lg'],
          render: (_, backup) => <Size backup={backup} />,
        },
        {
          title: t('backups.state'),
          key: 'state',
          width: 90,
          responsive: ['lg'],
          render: (_, backup) => <StateTag backup={backup} />,
        },
        {
          title: <span className="visually-hidden">{t('office.actionsColumn')}</span>,
          key: 'actions',
          responsive: ['lg'],
          width: 320,
          render: (_, backup) => <Row backup={backup} onRestore={onRestore} />,
        },
      ]}
    />
  )
}

function Size({ backup }: { backup: Backup }) {
  const { bytes } = useFormat()
  return backup.bytes === null ? '–' : bytes(backup.bytes)
}

function StateTag({ backup: { state } }: { backup: Backup }) {
  const { t } = useTranslation()
  return <Tag color={colours[state]}>{t(`backups.states.${state}`)}</Tag>
}

function Row({ backup, onRestore }: { backup: Backup } & Pick<BackupsTableProps, 'onRestore'>) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const time = dateTime(backup.created_at)
  return (
    <Space wrap size="small">
      {backup.state === 'ready' && (
        <>
          <Button
            href={downloadPath(backup.name)}
            download={backup.name}
            aria-label={t('backups.downloadNamed', { time })}
          >
            {t('backups.download')}
          </Button>
          <Button onClick={() => onRestore(backup)}>{t('backups.restore')}</Button>
        </>
      )}
      {backup.state !== 'running' && <DeleteButton backup={backup} time={time} />}
    </Space>
  )
}

function DeleteButton({ backup, time }: { backup: Backup; time: string }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const remove = useDeleteBackup()
  const ask = () =>
    modal.confirm({
      title: t('backups.deleteTitle', { time }),
      content: t('backups.deleteText'),
      okText: t('backups.delete'),
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () =>
        remove
          .mutateAsync(backup.name)
          .then(() => showToast({ tone: 'good', text: t('backups.deleted') }), showFailure),
    })
  return (
    <Button type="text" danger aria-label={t('backups.deleteNamed', { time })} onClick={ask}>
      {t('backups.delete')}
    </Button>
  )
}
