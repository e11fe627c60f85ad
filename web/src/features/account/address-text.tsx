// Owns how an address is written: who and their phone first, then where.
import { useTranslation } from 'react-i18next'

import { Badge } from '../../ui/badge.tsx'
import { type Address, orderAddress } from './addresses.ts'
import styles from './addresses.module.css'

export function AddressText({ address }: { address: Address }) {
  const { t } = useTranslation()
  return (
    <span className={styles.text}>
      <strong>
        {address.recipient} <span className={styles.phone}>{address.phone}</span>{' '}
        {address.is_default && <Badge tone="good">{t('address.default')}</Badge>}
      </strong>
      <span className={styles.where}>{orderAddress(address)}</span>
    </span>
  )
}
