// Owns telling that the network or the server is gone; what is shown then may be old.
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

import { useConnectionLost } from '../lib/connection.ts'
import styles from './offline-bar.module.css'

export function OfflineBar() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const lost = useConnectionLost()
  return (
    <div role="status" className={online && !lost ? undefined : styles.bar}>
      {!online ? t('states.offline') : lost && t('states.connectionLost')}
    </div>
  )
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
