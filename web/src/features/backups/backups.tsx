// Owns the owner's backups: making one, watching it grow, taking it home, deleting it, and how to get the shop back.
import { Alert, Button, Card, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Backup } from '../../../../src/modules/system/backup-schema.ts'
import { useFormat } from '../../lib/format.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { reminderOf } from './age.ts'
import styles from './backups.module.css'
import { BackupsTable } from './backups-table.tsx'
import { Elsewhere } from './elsewhere.tsx'
import { useBackups, useMakeBackup } from './queries.ts'
import { RestoreModal } from './restore-modal.tsx'

/** @param engine the store's; it says which tool does it where the shop itself can't */
export function Backups({ engine }: { engine: string | undefined }) {
  const { t } = useTranslation()
  const backups = useBackups()
  const [restoring, setRestoring] = useState<Backup | null>(null)
  useNews(backups.data?.items)
  if (backups.isPending) return <Skeleton active />
  if (!backups.data) return <LoadFailure error={backups.error} onRetry={backups.refetch} />
  if (!backups.data.supported) return <Elsewhere engine={engine} />
  const { items } = backups.data
  return (
    <div className={styles.page}>
      <Make backups={items} />
      <Card title={t('backups.list')}>
        <BackupsTable backups={items} onRestore={setRestoring} />
      </Card>
      <RestoreModal backup={restoring} onClose={() => setRestoring(null)} />
    </div>
  )
}

function Make({ backups }: { backups: readonly Backup[] }) {
  const { t } = useTranslation()
  const { bytes } = useFormat()
  const make = useMakeBackup()
  const running = backups.find(({ state }) => state === 'running')
  const reminder = reminderOf(backups, Date.now())
  const words =
    running && running.bytes !== null
      ? t('backups.makingBytes', { bytes: bytes(running.bytes) })
      : t('backups.making')
  return (
    <Card>
      <div className={styles.make}>
        {reminder !== null && (
          <Alert
            type="warning"
            showIcon
            title={reminder === 'never' ? t('backups.never') : t('backups.age', { days: reminder })}
          />
        )}
        <p>{t('backups.text')}</p>
        <div className={styles.row}>
          <Button
            type="primary"
            size="large"
            loading={make.isPending || running !== undefined}
            onClick={() => make.mutate(undefined, { onError: showFailure })}
          >
            {t('backups.make')}
          </Button>
          <span role="status">{running && words}</span>
        </div>
        <p className={styles.soft}>{t('backups.withPersonalData')}</p>
      </div>
    </Card>
  )
}

/** Says once how the backup ended that was seen running. */
function useNews(backups: readonly Backup[] | undefined): void {
  const { t } = useTranslation()
  const seen = useRef<string | null>(null)
  useEffect(() => {
    const watched = backups?.find(({ name }) => name === seen.current)
    if (watched?.state === 'ready') showToast({ tone: 'good', text: t('backups.done') })
    if (watched?.state === 'failed') {
      showFailure(t('backups.failedNow', { problem: watched.problem }))
    }
    seen.current = backups?.find(({ state }) => state === 'running')?.name ?? null
  }, [backups, t])
}
