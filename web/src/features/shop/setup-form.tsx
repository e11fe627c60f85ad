// Owns the first run's form: the one-time code, the owner's account and the shop's facts.
import { useTranslation } from 'react-i18next'

import { api } from '../../lib/api.ts'
import { useSessionChange } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormBody } from '../../ui/form-body.tsx'
import { useForm } from '../../ui/use-form.ts'
import styles from './setup-form.module.css'
import { browserTimeZone, currencies, timeZones } from './time-zones.ts'

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
          <SelectField
            label={t('setup.currency')}
            hint={t('setup.currencyHint')}
            {...form.field('currency')}
          >
            {currencies.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectField>
          <SelectField label={t('setup.timeZone')} {...form.field('time_zone')}>
            {zones.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
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
