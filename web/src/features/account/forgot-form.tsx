// Owns asking for a link to a new password; what is said afterwards is the same for every name.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../../lib/api.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useForm } from '../../ui/use-form.ts'

export function ForgotForm() {
  const { t } = useTranslation()
  const { password_reset: canMail } = useShopInfo()
  const [sent, setSent] = useState(false)
  const form = useForm({
    initial: { username: '' },
    check: (values) => ({
      ...(values.username.trim() === '' && { username: t('account.usernameMissing') }),
    }),
    send: async ({ username }) => {
      await api.post('/password-reset', { username: username.trim() })
      setSent(true)
    },
  })
  if (!canMail) return <Notice>{t('security.mailOff')}</Notice>
  if (sent) return <Notice tone="good">{t('security.sent')}</Notice>
  return (
    <FormBody form={form}>
      <TextField
        label={t('security.usernameOrEmail')}
        autoComplete="username"
        autoCapitalize="none"
        maxLength={254}
        {...form.field('username')}
      />
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('security.send')}
      </Button>
    </FormBody>
  )
}
