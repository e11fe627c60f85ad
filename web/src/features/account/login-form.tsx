// Owns logging in, for accounts with two-step login in two steps; whoever shows it sees by the session that it happened.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { ApiError } from '../../lib/api.ts'
import { useLogin } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import { CodeForm, type Credentials } from './code-form.tsx'
import styles from './account.module.css'

export function LoginForm() {
  const [known, setKnown] = useState<Credentials | null>(null)
  if (known) return <CodeForm credentials={known} onBack={() => setKnown(null)} />
  return <PasswordStep onCodeNeeded={setKnown} />
}

function PasswordStep({ onCodeNeeded }: { onCodeNeeded: (credentials: Credentials) => void }) {
  const { t } = useTranslation()
  const login = useLogin()
  const form = useForm({
    initial: { username: '', password: '' },
    check: (values) => ({
      ...(values.username.trim() === '' && { username: t('account.usernameMissing') }),
      ...(values.password === '' && { password: t('account.passwordMissing') }),
    }),
    send: async ({ username, password }) => {
      const credentials = { username: username.trim(), password }
      try {
        await login.mutateAsync(credentials)
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'SECOND_FACTOR_NEEDED') throw error
        onCodeNeeded(credentials)
      }
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.username')}
        autoComplete="username"
        autoCapitalize="none"
        maxLength={254}
        {...form.field('username')}
      />
      <TextField
        label={t('account.password')}
        type="password"
        autoComplete="current-password"
        maxLength={128}
        {...form.field('password')}
      />
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('account.logIn')}
      </Button>
      <Link to="/forgot-password" className={styles.link}>
        {t('security.forgot')}
      </Link>
    </FormBody>
  )
}
