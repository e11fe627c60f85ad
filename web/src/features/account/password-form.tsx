// Owns changing one's own password.
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useForm } from '../../ui/use-form.ts'
import { passwordWrong } from './account-rules.ts'

const empty = { current_password: '', new_password: '' }

export function PasswordForm() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const form = useForm({
    initial: empty,
    check: (values) => ({
      ...(values.current_password === '' && { current_password: t('account.passwordMissing') }),
      ...(passwordWrong(values.new_password) && { new_password: t('account.passwordShort') }),
    }),
    send: async (values) => {
      await api.put('/me/password', values)
      form.setValues(empty)
      await client.invalidateQueries({ queryKey: keys.sessions })
      showToast({ tone: 'good', text: t('account.passwordChanged') })
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.currentPassword')}
        type="password"
        autoComplete="current-password"
        maxLength={128}
        {...form.field('current_password')}
      />
      <TextField
        label={t('account.newPassword')}
        type="password"
        autoComplete="new-password"
        hint={t('account.passwordHint')}
        maxLength={128}
        {...form.field('new_password')}
      />
      <Button type="submit" busy={form.busy}>
        {t('account.changePassword')}
      </Button>
    </FormBody>
  )
}
