// Owns logging in; whoever shows it sees by the session that it happened.
import { useTranslation } from 'react-i18next'

import { useLogin } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'

export function LoginForm() {
  const { t } = useTranslation()
  const login = useLogin()
  const form = useForm({
    initial: { username: '', password: '' },
    check: (values) => ({
      ...(values.username.trim() === '' && { username: t('account.usernameMissing') }),
      ...(values.password === '' && { password: t('account.passwordMissing') }),
    }),
    send: async (values) => {
      await login.mutateAsync({ ...values, username: values.username.trim() })
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
    </FormBody>
  )
}
