// Owns what staff see who must set up two-step login first, instead of their pages.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useLogout, useSession } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import styles from './account.module.css'
import { SecondFactorCard } from './second-factor-card.tsx'

export function StaffGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const logout = useLogout()
  // The codes are shown once: learning that all is well now must not take them away.
  const [reading, setReading] = useState(false)
  if (!user?.lacks_second_factor && !reading) return children
  return (
    <main id="main" className={styles.gate}>
      <PageHeader title={t('security.gateTitle')} text={t('security.gateText')} />
      <SecondFactorCard onCodes={setReading} />
      <Button
        busy={logout.isPending}
        onClick={() => logout.mutate(undefined, { onError: showFailure })}
      >
        {t('account.logOut')}
      </Button>
    </main>
  )
}
