// Owns handing a new password over: it is shown this once.
import { Alert, Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '../../ui/office/copy-button.tsx'
import styles from './people.module.css'

export interface Slip {
  readonly title: string
  readonly username: string
  readonly password: string
}

export function HandOver({ slip, onClose }: { slip: Slip | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      title={slip?.title}
      open={slip !== null}
      onCancel={onClose}
      // A press beside it must not lose the password.
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {t('people.handOverDone')}
        </Button>
      }
    >
      {slip && (
        <>
          <Alert type="info" title={t('people.handOver')} />
          <dl className={styles.slip}>
            <dt>{t('people.username')}</dt>
            <dd>{slip.username}</dd>
            <dt>{t('account.password')}</dt>
            <dd>{slip.password}</dd>
          </dl>
          <CopyButton
            text={`${t('people.username')}: ${slip.username}\n${t('account.password')}: ${slip.password}`}
            label={t('people.copyAll')}
          />
        </>
      )}
    </Modal>
  )
}
