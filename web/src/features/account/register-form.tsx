// Owns making a customer's account, which is logged in at once.
import { useTranslation } from 'react-i18next'

import { isPhone } from '../../../../src/lib/phone.ts'
import { api } from '../../lib/api.ts'
import { useLogin } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import { emailWrong, passwordWrong, usernameWrong } from './account-rules.ts'

export function RegisterForm() {
  const { t } = useTranslation()
  const login = useLogin()
  const form = useForm({
    initial: { username: '', phone: '', email: '', password: '' },
    check: (values) => ({
      ...(usernameWrong(values.username) && { username: t('account.usernameMissing') }),
      ...(values.phone.trim() !== '' &&
        !isPhone(values.phone) && { phone: t('address.phoneWrong') }),
      ...(values.email.trim() !== '' &&
        emailWrong(values.email) && { email: t('account.emailWrong') }),
      ...(passwordWrong(values.password) && { password: t('account.passwordShort') }),
    }),
    send: async ({ username, phone, email, password }) => {
      const account = {
        username: username.trim(),
        password,
        ...(phone.trim() !== '' && { phone: phone.trim() }),
        ...(email.trim() !== '' && { email: email.trim() }),
      }
      await api.post('/register', account)
      await login.mutateAsync({ username: account.username, password })
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.username')}
        autoComplete="username"
        autoCapitalize="none"
        maxLength={60}
        {...form.field('username')}
      />
      <TextField
        label={t('account.phone')}
        optional={t('checkout.optional')}
        type="tel"
        autoComplete="tel"
        maxLength={30}
        {...form.field('phone')}
      />
      <TextField
        label={t('account.email')}
        optional={t('checkout.optional')}
        type="email"
        autoComplete="email"
        maxLength={254}
        {...form.field('email')}
      />
      <TextField
        label={t('account.password')}
        type="password"
        autoComplete="new-password"
        hint={t('account.passwordHint')}
        maxLength={128}
        {...form.field('password')}
      />
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('account.register')}
      </Button>
    </FormBody>
  )
}
