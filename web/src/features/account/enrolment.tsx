// Owns turning two-step login on: the password, the QR code, a code that works.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import styles from './account.module.css'
import { QrCode } from './qr-code.tsx'
import { beginEnrolment, confirmEnrolment, type Enrolment as Key } from './second-factor.ts'

export function Enrolment({ onOn }: { onOn: (codes: readonly string[]) => void }) {
  const [key, setKey] = useState<Key | null>(null)
  return key ? <ShowCode enrolment={key} onOn={onOn} /> : <ShowPassword onKey={setKey} />
}

function ShowPassword({ onKey }: { onKey: (key: Key) => void }) {
  const { t } = useTranslation()
  const form = useForm({
    initial: { current_password: '' },
    check: (values) => ({
      ...(values.current_password === '' && { current_password: t('account.passwordMissing') }),
    }),
    send: async ({ current_password }) => onKey(await beginEnrolment(current_password)),
  })
  return (
    <FormBody form={form}>
      <p className={styles.soft}>{t('security.beginText')}</p>
      <TextField
        label={t('account.currentPassword')}
        type="password"
        autoComplete="current-password"
        maxLength={128}
        {...form.field('current_password')}
      />
      <Button tone="primary" type="submit" busy={form.busy}>
        {t('security.begin')}
      </Button>
    </FormBody>
  )
}

interface ShowCodeProps {
  readonly enrolment: Key
  readonly onOn: (codes: readonly string[]) => void
}

function ShowCode({ enrolment, onOn }: ShowCodeProps) {
  const { t } = useTranslation()
  const form = useForm({
    initial: { code: '' },
    check: (values) => ({
      ...(values.code.trim().length < 6 && { code: t('security.codeMissing') }),
    }),
    send: async ({ code }) => onOn(await confirmEnrolment(code.trim())),
  })
  return (
    <FormBody form={form}>
      <p>{t('security.scan')}</p>
      <QrCode text={enrolment.uri} label={t('security.qr')} />
      <p className={styles.soft}>
        {t('security.secret')}{' '}
        <code className={styles.secret}>{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <p>{t('security.typeCode')}</p>
      <TextField
        label={t('security.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={60}
        {...form.field('code')}
      />
      <Button tone="primary" type="submit" busy={form.busy}>
        {t('security.confirm')}
      </Button>
    </FormBody>
  )
}
