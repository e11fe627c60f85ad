// Owns logging in or registering in the middle of a checkout, without leaving it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { LoginForm } from '../../../features/account/login-form.tsx'
import { RegisterForm } from '../../../features/account/register-form.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chips } from '../../../ui/chips.tsx'
import styles from './checkout-page.module.css'

export function CheckoutLogin() {
  const { t } = useTranslation()
  const [way, setWay] = useState<'register' | 'login'>('login')
  return (
    <Card title={t('checkout.who')}>
      <div className={styles.stack}>
        <Chips
          label={t('checkout.who')}
          choices={[
            { value: 'login', label: t('checkout.haveAccount') },
            { value: 'register', label: t('checkout.newHere') },
          ]}
          value={way}
          onChange={setWay}
        />
        {way === 'login' ? <LoginForm /> : <RegisterForm />}
      </div>
    </Card>
  )
}
