// Owns disabling an account, after saying what that means.
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useChangePerson } from './queries.ts'

interface DisableModalProps {
  readonly user: User
  readonly open: boolean
  readonly onClose: () => void
}

export function DisableModal({ user, open, onClose }: DisableModalProps) {
  const { t } = useTranslation()
  const change = useChangePerson(user.user_id)
  const name = user.display_name || user.username
  const disable = () =>
    change.mutate(
      { active: false },
      {
        onSuccess: () => {
          showToast({ tone: 'good', text: t('people.disabledDone') })
          onClose()
        },
        onError: showFailure,
      },
    )
  return (
    <Modal
      title={t('people.disableTitle', { name })}
      open={open}
      onCancel={onClose}
      onOk={disable}
      okText={t('people.disable')}
      okButtonProps={{ danger: true }}
      confirmLoading={change.isPending}
      destroyOnHidden
    >
      <p>{t('people.disableText', { name })}</p>
    </Modal>
  )
}
