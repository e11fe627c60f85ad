// Owns telling how a backup becomes the shop again: on the server, with the shop stopped.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Backup } from '../../../../src/modules/system/backup-schema.ts'
import { useFormat } from '../../lib/format.ts'
import { CopyButton } from '../../ui/office/copy-button.tsx'
import styles from './backups.module.css'

export function RestoreModal({ backup, onClose }: { backup: Backup | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return (
    <Modal
      title={backup && t('backups.restoreTitle', { time: dateTime(backup.created_at) })}
      open={backup !== null}
      onCancel={onClose}
      destroyOnHidden
      footer={<Button onClick={onClose}>{t('actions.close')}</Button>}
    >
      {backup && (
        <div className={styles.make}>
          <p>{t('backups.restoreText')}</p>
          <code className={styles.command} aria-label={t('backups.command')}>
            {backup.restore_command}
          </code>
          <p>
            <CopyButton text={backup.restore_command} label={t('backups.copyCommand')} />
          </p>
        </div>
      )}
    </Modal>
  )
}
