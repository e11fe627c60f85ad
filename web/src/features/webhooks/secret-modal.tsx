// Owns showing a webhook's secret, once.
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { WebhookSecret } from '../../../../src/modules/webhooks/schema.ts'
import { CopyButton } from '../../ui/office/copy-button.tsx'
import styles from './webhooks.module.css'

interface SecretModalProps {
  readonly secret: WebhookSecret | null
  readonly onClose: () => void
}

export function SecretModal({ secret, onClose }: SecretModalProps) {
  const { t } = useTranslation()
  return (
    <Modal
      title={t('webhooks.secretTitle')}
      open={secret !== null}
      onCancel={onClose}
      // A press beside it would lose what nobody can show again.
      mask={{ closable: false }}
      onOk={onClose}
      okText={t('webhooks.secretKept')}
      cancelButtonProps={{ style: { display: 'none' } }}
      destroyOnHidden
    >
      <p>{t('webhooks.secretText')}</p>
      <code className={styles.secret}>{secret?.secret}</code>
      <CopyButton text={secret?.secret ?? ''} label={t('webhooks.copySecret')} />
    </Modal>
  )
}
