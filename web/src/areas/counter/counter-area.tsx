// Owns the counter's frame: who stands there, whether the server hears, and the ways out.
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

import { Key } from '../../features/counter/key-button.tsx'
import { useQueue } from '../../features/counter/queue.ts'
import { TillGate } from '../../features/counter/till-gate.tsx'
import { ApiError } from '../../lib/api.ts'
import { useConnectionLost, useOnline } from '../../lib/connection.ts'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { registerTillWorker } from '../../lib/installed.ts'
import { remember } from '../../lib/remembered.ts'
import { useLogout, useSession } from '../../lib/session.ts'
import { useShopInfoQuery } from '../../lib/shop-info.ts'
import { Brand } from '../../ui/brand.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import styles from './counter-area.module.css'

export default function CounterArea() {
  const { t } = useTranslation()
  const { user, may } = useSession()
  const logout = useLogout()
  useDocumentTitle(t('counter.title'))
  useOpenWithoutNetwork()
  if (!user) return null
  const name = user.display_name || user.username
  const stay = () => showToast({ tone: 'bad', text: t('counter.shiftOffline', { name }) })
  const logOut = () =>
    logout.mutate(undefined, {
      onError: (error) => (isNetwork(error) ? stay() : showFailure(error)),
    })
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <Brand to="/office" />
        <h1 className={styles.title}>{t('counter.title')}</h1>
        <Connection />
        <div className={styles.tools}>
          <span className={styles.seller}>{name}</span>
          <LanguageSwitch />
          <LinkButton to="/office" tone="quiet" size="sm">
            {t('counter.office')}
          </LinkButton>
          <Button size="sm" onClick={logOut} aria-keyshortcuts="Alt+L">
            {t('counter.actions.logOut')} <Key name="Alt+L" />
          </Button>
        </div>
      </header>
      <main id="main" className={styles.main}>
        <TillGate user={user} isManager={may('manager')} onLogOut={logOut} />
      </main>
    </div>
  )
}

function Connection() {
  const { t } = useTranslation()
  const online = useOnline()
  const lost = useConnectionLost()
  const isAway = !online || lost
  const { sales } = useQueue()
  const words = isAway ? t('counter.offline') : t('counter.online')
  return (
    <p className={isAway ? `${styles.state} ${styles.away}` : styles.state} role="status">
      {words}
      {sales.length > 0 && ` · ${t('counter.waitingCount', { count: sales.length })}`}
    </p>
  )
}

function isNetwork(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0
}

/** What the next opening needs, kept while there is a network. */
function useOpenWithoutNetwork(): void {
  const { user } = useSession()
  const shop = useShopInfoQuery().data
  useEffect(() => {
    if (user && shop) remember({ user, shop })
  }, [user, shop])
  useEffect(registerTillWorker, [])
}
