// Owns the log-in page; afterwards one is back where one came from.
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'

import { LoginForm } from '../../../features/account/login-form.tsx'
import { useSession } from '../../../lib/session.ts'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './narrow.module.css'
import { landingPage, registerPath } from './next-page.ts'

export function LoginPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { user } = useSession()
  if (user) return <Navigate to={landingPage(params.get('next'), user)} replace />
  const isForStaff = /^\/(office|counter)(\/|\?|$)/.test(params.get('next') ?? '')
  return (
    <div className={styles.form}>
      <PageHeader
        title={t('account.welcomeBack')}
        text={t(isForStaff ? 'security.loginStaffText' : 'account.loginText')}
      />
      <Card>
        <LoginForm />
      </Card>
      {!isForStaff && (
        <p className={styles.aside}>
          {t('account.noAccount')}{' '}
          <Link to={registerPath(params.get('next'))}>{t('account.registerNow')}</Link>
        </p>
      )}
    </div>
  )
}
