// Owns turning off somebody's two-step login who lost their phone, after saying what that means.
import { Alert, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { showToast } from '../../ui/toast-store.ts'
import styles from './people.module.css'
import { useResetFactor } from './queries.ts'

interface FactorModalProps {
  readonly user: User
  readonly open: boolean
  readonly onClose: () => void
}

export function FactorModal({ user, open, onClose }: FactorModalProps) {
  const { t } = useTranslation()
  const reset = useResetFactor(user.user_id)
  const name = user.display_name || user.username
  const confirm = () =>
    reset.mutate(undefined, {
      onSuccess: () => {
        showToast({ tone: 'good', text: t('people.resetFactorDone') })
        onClose()
      },
    })
  return (
    <Modal
      title={t('people.resetFactorTitle', { name })}
      open={open}
      onCancel={onClose}
      afterClose={reset.reset}
      onOk={confirm}
      okText={t('people.resetFactor')}
      okButtonProps={{ danger: true }}
      confirmLoading={reset.isPending}
      destroyOnHidden
    >
      <div className={styles.section}>
        {reset.error && <Alert type="error" showIcon title={reset.error.message} />}
        <p>{t('people.resetFactorText', { name })}</p>
      </div>
    </Modal>
  )
}
