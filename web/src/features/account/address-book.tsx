// Owns the address book on the account's page.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import { AddressDialog } from './address-dialog.tsx'
import { AddressText } from './address-text.tsx'
import { type Address, useAddresses, useDeleteAddress } from './addresses.ts'
import styles from './addresses.module.css'

export function AddressBook() {
  const { t } = useTranslation()
  const addresses = useAddresses()
  const remove = useDeleteAddress()
  const [editing, setEditing] = useState<Address | 'new' | null>(null)
  if (addresses.isPending) return <SkeletonList count={2} height={64} />
  if (!addresses.data) {
    return <ErrorState error={addresses.error} onRetry={() => void addresses.refetch()} />
  }
  return (
    <div className={styles.book}>
      {addresses.data.length === 0 && <p className={styles.where}>{t('address.none')}</p>}
      <ul>
        {addresses.data.map((address) => (
          <li key={address.address_id} className={styles.row}>
            <AddressText address={address} />
            <span className={styles.actions}>
              <Button
                tone="quiet"
                size="sm"
                onClick={() => setEditing(address)}
                aria-label={t('address.editNamed', { name: address.recipient })}
              >
                {t('address.change')}
              </Button>
              <Button
                tone="quiet"
                size="sm"
                onClick={() => remove.mutate(address.address_id, { onError: showFailure })}
                aria-label={t('address.removeNamed', { name: address.recipient })}
              >
                {t('actions.remove')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Button onClick={() => setEditing('new')}>{t('address.add')}</Button>
      <AddressDialog
        address={editing === 'new' ? null : editing}
        open={editing !== null}
        onClose={() => setEditing(null)}
      />
    </div>
  )
}
