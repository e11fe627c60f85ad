// Owns telling that the network or the server is gone; what is shown then may be old.
import { useTranslation } from 'react-i18next'

import { useConnectionLost, useOnline } from '../lib/connection.ts'
import styles from './offline-bar.module.css'

export function OfflineBar() {
  const { t } = useTranslation()
  const online = useOnline()
  const lost = useConnectionLost()
  return (
    <div role="status" className={online && !lost ? undefined : styles.bar}>
      {!online ? t('states.offline') : lost && t('states.connectionLost')}
    </div>
  )
}
