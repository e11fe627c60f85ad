// Owns the second step of logging in: a code from the app, or a recovery code.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useLogin } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import styles from './account.module.css'

export interface Credentials {
  readonly username: string
  readonly password: string
}

interface CodeFormProps {
  readonly credentials: Credentials
  readonly onBack: () => void
}

export function CodeForm({ credentials, onBack }: CodeFormProps) {
  const { t } = useTranslation()
  const login = useLogin()
  const [recovery, setRecovery] = useState(false)
  const form = useForm({
    initial: { code: '' },
    check: (values) => ({
      ...(values.code.trim().length < 6 && { code: t('security.codeMissing') }),
    }),
    send: async ({ code }) => {
      await login.mutateAsync({ ...credentials, code: code.trim() })
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        key={String(recovery)}
        label={recovery ? t('security.recoveryCode') : t('security.code')}
        hint={recovery ? t('security.recoveryHint') : t('security.codeHint')}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        inputMode={recovery ? 'text' : 'numeric'}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        maxLength={60}
        {...form.field('code')}
      />
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('account.logIn')}
      </Button>
      <div className={styles.actions}>
        <Button tone="quiet" size="sm" onClick={() => setRecovery(!recovery)}>
          {recovery ? t('security.useApp') : t('security.otherWay')}
        </Button>
        <Button tone="quiet" size="sm" onClick={onBack}>
          {t('security.startOver')}
        </Button>
      </div>
    </FormBody>
  )
}
