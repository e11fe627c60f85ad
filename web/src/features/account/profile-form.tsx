// Owns changing one's own name, phone and e-mail.
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { User } from '../../../../src/modules/users/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useForm } from '../../ui/use-form.ts'
import { emailWrong } from './account-rules.ts'

export function ProfileForm({ user }: { user: User }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const isNewEmail = (email: string) => email.trim() !== '' && email.trim() !== user.email
  const form = useForm({
    initial: {
      display_name: user.display_name,
      phone: user.phone,
      email: user.email,
      current_password: '',
    },
    check: (values) => ({
      // Who has none may go on without; who has one keeps one.
      ...((values.email.trim() !== '' || user.email !== '') &&
        emailWrong(values.email) && { email: t('account.emailWrong') }),
      ...(isNewEmail(values.email) &&
        values.current_password === '' && { current_password: t('account.passwordMissing') }),
      ...(!/^[0-9+() -]*$/.test(values.phone) && { phone: t('account.phoneWrong') }),
    }),
    send: async (values) => {
      const { item } = await api.patch<{ item: User }>('/me', {
        display_name: values.display_name,
        phone: values.phone,
        ...(isNewEmail(values.email) && {
          email: values.email.trim(),
          current_password: values.current_password,
        }),
      })
      form.setValues({ ...values, current_password: '' })
      client.setQueryData(keys.me, item)
      showToast({ tone: 'good', text: t('account.profileSaved') })
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.displayName')}
        autoComplete="name"
        maxLength={60}
        {...form.field('display_name')}
      />
      <TextField
        label={t('account.phone')}
        type="tel"
        autoComplete="tel"
        maxLength={30}
        {...form.field('phone')}
      />
      <TextField
        label={t('account.email')}
        type="email"
        autoComplete="email"
        maxLength={254}
        {...form.field('email')}
      />
      {isNewEmail(form.values.email) && (
        <TextField
          label={t('account.currentPassword')}
          type="password"
          autoComplete="current-password"
          hint={t('security.emailPassword')}
          maxLength={128}
          {...form.field('current_password')}
        />
      )}
      <Button tone="primary" type="submit" busy={form.busy}>
        {t('actions.save')}
      </Button>
    </FormBody>
  )
}
