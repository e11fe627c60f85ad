// Owns giving somebody a new password, who has forgotten theirs.
import { Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { fieldErrors } from '../../lib/office/field-errors.ts'
import { showFailure } from '../../ui/toast-store.ts'
import { HandOver, type Slip } from './hand-over.tsx'
import { PasswordField } from './password-field.tsx'
import styles from './people.module.css'
import { useSetPassword } from './queries.ts'

interface Values {
  new_password: string
}

interface PasswordModalProps {
  readonly user: User
  readonly open: boolean
  readonly onClose: () => void
}

export function PasswordModal({ user, open, onClose }: PasswordModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [slip, setSlip] = useState<Slip | null>(null)
  const save = useSetPassword(user.user_id)
  const name = user.display_name || user.username
  const submit = ({ new_password: password }: Values) =>
    save.mutate(password, {
      onSuccess: () => {
        onClose()
        setSlip({ title: t('people.passwordSet'), username: user.username, password })
      },
      onError: (error) => {
        const wrong = fieldErrors(error, ['new_password'] as const)
        if (wrong.length > 0) form.setFields(wrong)
        else showFailure(error)
      },
    })
  return (
    <>
      <Modal
        title={t('people.newPasswordTitle', { name })}
        open={open}
        onCancel={onClose}
        onOk={form.submit}
        okText={t('people.newPassword')}
        confirmLoading={save.isPending}
        destroyOnHidden
      >
        <div className={styles.section}>
          <p>{t('people.newPasswordText', { name })}</p>
          <Form<Values>
            form={form}
            name="new-password"
            layout="vertical"
            preserve={false}
            requiredMark={false}
            onFinish={submit}
          >
            <PasswordField name="new_password" label={t('people.password')} />
          </Form>
        </div>
      </Modal>
      <HandOver slip={slip} onClose={() => setSlip(null)} />
    </>
  )
}
