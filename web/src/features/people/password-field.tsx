// Owns choosing a password for somebody else: typed, or made at random, and shown so that it can be handed over.
import { ReloadOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { CopyButton } from '../../ui/office/copy-button.tsx'
import { passwordBytes, passwordOf } from './new-password.ts'
import styles from './people.module.css'

interface PasswordFieldProps {
  readonly name: string
  readonly label: string
}

export function PasswordField({ name, label }: PasswordFieldProps) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={name}
      label={label}
      extra={t('people.passwordHint')}
      validateTrigger="onSubmit"
      rules={[{ required: true, min: 8, max: 128, message: t('account.passwordShort') }]}
    >
      <PasswordInput />
    </Form.Item>
  )
}

interface PasswordInputProps {
  // Given by the form's item around it.
  readonly id?: string
  readonly value?: string
  readonly onChange?: (password: string) => void
}

function PasswordInput({ id, value = '', onChange }: PasswordInputProps) {
  const { t } = useTranslation()
  const [visible, setVisible] = useState(false)
  const generate = () => {
    setVisible(true)
    onChange?.(passwordOf(crypto.getRandomValues(new Uint8Array(passwordBytes))))
  }
  return (
    <div className={styles.password}>
      <Input.Password
        {...(id && { id })}
        value={value}
        maxLength={128}
        // A browser must neither fill in the manager's own password nor keep this one.
        autoComplete="new-password"
        visibilityToggle={{ visible, onVisibleChange: setVisible }}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <Button icon={<ReloadOutlined />} onClick={generate}>
        {t('people.generate')}
      </Button>
      <CopyButton text={value} label={t('people.copy')} disabled={value === ''} />
    </div>
  )
}
