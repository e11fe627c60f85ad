// Owns the page of whoever forgot their password.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { ForgotForm } from '../../../features/account/forgot-form.tsx'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './narrow.module.css'

export function ForgotPasswordPage() {
  const { t } = useTranslation()
  return (
    <div className={styles.form}>
      <PageHeader title={t('security.askTitle')} text={t('security.askText')} />
      <Card>
        <ForgotForm />
      </Card>
      <p className={styles.aside}>
        <Link to="/login">{t('security.backToLogin')}</Link>
      </p>
    </div>
  )
}
