// Owns the first run's form: the one-time code, the owner's account and the shop's facts.
import { useTranslation } from 'react-i18next'

import { api } from '../../lib/api.ts'
import { useSessionChange } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { FieldFrame, TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import styles from './setup-form.module.css'
import { CurrencySelect, ZoneSelect } from './shop-selects.tsx'
import { browserTimeZone, timeZones } from './time-zones.ts'

export function SetupForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const changed = useSessionChange()
  const zones = timeZones()
  const zone = browserTimeZone()
  const form = useForm({
    initial: {
      code: '',
      shop_name: '',
      currency: 'CNY',
      time_zone: zones.includes(zone) ? zone : 'Asia/Shanghai',
      username: '',
      email: '',
      password: '',
    },
    check: (values) => ({
      ...(values.code.trim() === '' && { code: t('setup.codeMissing') }),
      ...(values.shop_name.trim() === '' && { shop_name: t('setup.shopNameMissing') }),
      ...(values.username.trim() === '' && { username: t('account.usernameMissing') }),
      ...(!/^\S+@\S+\.\S+$/.test(values.email.trim()) && { email: t('account.emailWrong') }),
      ...(values.password.length < 8 && { password: t('account.passwordShort') }),
    }),
    send: async (values) => {
      await api.post('/setup', {
        ...values,
        code: values.code.trim(),
        shop_name: values.shop_name.trim(),
        username: values.username.trim(),
        email: values.email.trim(),
      })
      await changed()
      onDone()
    },
  })
  return (
    <FormBody form={form}>
      <TextField
        label={t('setup.code')}
        hint={t('setup.codeHint')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        {...form.field('code')}
      />
      <fieldset className={styles.group}>
        <legend>{t('setup.shop')}</legend>
        <TextField label={t('setup.shopName')} maxLength={60} {...form.field('shop_name')} />
        <div className={styles.pair}>
          <FieldFrame
            label={t('setup.currency')}
            hint={t('setup.currencyHint')}
            error={form.errors.currency}
          >
            {(wiring) => (
              <CurrencySelect
                {...wiring}
                className={styles.select ?? ''}
                size="large"
                value={form.values.currency}
                onChange={(currency) => form.setValues((before) => ({ ...before, currency }))}
              />
            )}
          </FieldFrame>
          <FieldFrame label={t('setup.timeZone')} error={form.errors.time_zone}>
            {(wiring) => (
              <ZoneSelect
                {...wiring}
                className={styles.select ?? ''}
                size="large"
                value={form.values.time_zone}
                onChange={(zone) => form.setValues((before) => ({ ...before, time_zone: zone }))}
              />
            )}
          </FieldFrame>
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('setup.owner')}</legend>
        <TextField
          label={t('account.username')}
          autoComplete="username"
          autoCapitalize="none"
          maxLength={60}
          {...form.field('username')}
        />
        <TextField
          label={t('account.email')}
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
      </fieldset>
      <Button tone="primary" size="lg" wide type="submit" busy={form.busy}>
        {t('setup.submit')}
      </Button>
    </FormBody>
  )
}
