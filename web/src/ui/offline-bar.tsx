// Owns telling that the network is gone; what is shown then may be old.
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

import styles from './offline-bar.module.css'

export function OfflineBar() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status" className={online ? undefined : styles.bar}>
      {!online && t('states.offline')}
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
