// Owns the page that a mail's link opens; the token behind the # doesn't stay in the address.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { ResetForm } from '../../../features/account/reset-form.tsx'
import { Card } from '../../../ui/card.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './narrow.module.css'

export function ResetPasswordPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [token] = useState(() => location.hash.slice(1))
  // Whoever looks at the history or the screen later finds nothing.
  useEffect(() => history.replaceState(history.state, '', location.pathname), [])
  return (
    <div className={styles.form}>
      <PageHeader title={t('security.resetTitle')} text={t('security.resetText')} />
      <Card>
        {/^[\w-]{43}$/.test(token) ? (
          <ResetForm token={token} onDone={() => void navigate('/login', { replace: true })} />
        ) : (
          <Notice tone="bad">{t('security.linkBroken')}</Notice>
        )}
      </Card>
      <p className={styles.aside}>
        <Link to="/forgot-password">{t('security.forgot')}</Link>
      </p>
    </div>
  )
}
