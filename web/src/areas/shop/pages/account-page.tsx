// Owns the account's page: profile, password, where one is logged in, and logging out.
import { useTranslation } from 'react-i18next'

import { AddressBook } from '../../../features/account/address-book.tsx'
import { PasswordForm } from '../../../features/account/password-form.tsx'
import { ProfileForm } from '../../../features/account/profile-form.tsx'
import { SecondFactorCard } from '../../../features/account/second-factor-card.tsx'
import { SessionsList } from '../../../features/account/sessions-list.tsx'
import { OwnPreferences } from '../../../features/notifications/own-preferences.tsx'
import { useLogout, useSession } from '../../../lib/session.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ThemeChips } from '../../../ui/theme-switch.tsx'
import { showFailure } from '../../../ui/toast-store.ts'
import styles from './narrow.module.css'

export function AccountPage() {
  const { t } = useTranslation()
  const { user, isStaff } = useSession()
  const logout = useLogout()
  if (!user) return null
  return (
    <div className={`${styles.page} ${styles.stack}`}>
      <PageHeader title={user.display_name || user.username} text={user.email}>
        {isStaff && (
          <LinkButton to="/office" tone="primary">
            {t('nav.office')}
          </LinkButton>
        )}
      </PageHeader>
      <Card title={t('account.profile')}>
        <ProfileForm key={user.user_id} user={user} />
      </Card>
      <Card title={t('address.book')}>
        <AddressBook />
      </Card>
      <Card title={t('account.changePassword')}>
        <PasswordForm />
      </Card>
      <SecondFactorCard />
      <Card title={t('told.title')}>
        <OwnPreferences />
      </Card>
      <Card title={t('theme.title')}>
        <ThemeChips />
      </Card>
      <Card title={t('account.sessions')}>
        <SessionsList />
      </Card>
      <Button
        busy={logout.isPending}
        onClick={() => logout.mutate(undefined, { onError: showFailure })}
      >
        {t('account.logOut')}
      </Button>
    </div>
  )
}
