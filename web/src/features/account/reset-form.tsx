// Owns setting a new password with a mail's link.
import { useTranslation } from 'react-i18next'

import { api } from '../../lib/api.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useForm } from '../../ui/use-form.ts'
import { passwordWrong } from './account-rules.ts'

interface ResetFormProps {
  readonly token: string
  readonly onDone: () => void
}

export function ResetForm({ token, onDone }: ResetFormProps) {
  const { t } = useTranslation()
  const form = useForm({
    initial: { new_password: '' },
    check: (values) => ({
      ...(passwordWrong(values.new_password) && { new_password: t('account.passwordShort') }),
    }),
    send: async ({ new_password }) => {
      await api.put('/password-reset', { token, new_password })
      showToast({ tone: 'good', text: t('security.resetDone') })
      onDone()
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('account.newPassword')}
        type="password"
        autoComplete="new-password"
        hint={t('account.passwordHint')}
        maxLength={128}
        {...form.field('new_password')}
      />
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('security.resetSave')}
      </Button>
    </FormBody>
  )
}
