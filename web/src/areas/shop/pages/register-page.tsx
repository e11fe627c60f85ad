// Owns the registration page; afterwards one is logged in and back where one came from.
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'

import { RegisterForm } from '../../../features/account/register-form.tsx'
import { useSession } from '../../../lib/session.ts'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './narrow.module.css'
import { landingPage, loginPath } from './next-page.ts'

export function RegisterPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { user } = useSession()
  if (user) return <Navigate to={landingPage(params.get('next'), user)} replace />
  return (
    <div className={styles.form}>
      <PageHeader title={t('account.registerTitle')} text={t('account.registerText')} />
      <Card>
        <RegisterForm />
      </Card>
      <p className={styles.aside}>
        {t('account.haveAccount')}{' '}
        <Link to={loginPath(params.get('next'))}>{t('account.logInNow')}</Link>
      </p>
    </div>
  )
}
