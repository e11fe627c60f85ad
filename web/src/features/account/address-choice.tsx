// Owns choosing one of one's addresses for an order.
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { AddressText } from './address-text.tsx'
import type { Address } from './addresses.ts'
import styles from './addresses.module.css'

interface AddressChoiceProps {
  readonly addresses: readonly Address[]
  readonly chosen: Address | undefined
  readonly missing: boolean
  readonly onChoose: (addressId: number) => void
  readonly onEdit: (address: Address | 'new') => void
}

export function AddressChoice(props: AddressChoiceProps) {
  const { addresses, chosen, missing, onChoose, onEdit } = props
  const { t } = useTranslation()
  return (
    <fieldset className={styles.choice} aria-describedby={missing ? 'address-missing' : undefined}>
      <legend>{t('checkout.address')}</legend>
      {addresses.map((address) => (
        <div key={address.address_id} className={styles.option}>
          <label>
            <input
              type="radio"
              name="address"
              checked={address === chosen}
              onChange={() => onChoose(address.address_id)}
            />
            <AddressText address={address} />
          </label>
          <Button
            tone="quiet"
            size="sm"
            onClick={() => onEdit(address)}
            aria-label={t('address.editNamed', { name: address.recipient })}
          >
            {t('address.change')}
          </Button>
        </div>
      ))}
      {missing && (
        <p id="address-missing" className={styles.missing} role="alert">
          {t('checkout.addressMissing')}
        </p>
      )}
      <Button onClick={() => onEdit('new')}>{t('address.add')}</Button>
    </fieldset>
  )
}
