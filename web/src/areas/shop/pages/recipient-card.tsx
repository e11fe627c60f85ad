// Owns the checkout's question how and to whom: pick-up with a name and a phone, or delivery to an address.
import { useTranslation } from 'react-i18next'

import { AddressChoice } from '../../../features/account/address-choice.tsx'
import type { Address } from '../../../features/account/addresses.ts'
import { Card } from '../../../ui/card.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import styles from './checkout-page.module.css'
import { FulfilmentChoice } from './fulfilment-choice.tsx'
import type { Recipient } from './use-recipient.ts'

interface RecipientCardProps {
  readonly to: Recipient
  readonly note: string
  readonly onNote: (note: string) => void
  readonly onEdit: (address: Address | 'new') => void
}

export function RecipientCard({ to, note, onNote, onEdit }: RecipientCardProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('checkout.how')}>
      <div className={styles.stack}>
        <FulfilmentChoice value={to.fulfilment} onChange={to.setFulfilment} />
        {to.fulfilment === 'pickup' ? (
          <WhoPicksUp to={to} />
        ) : to.loading ? (
          <Skeleton height={72} />
        ) : (
          <AddressChoice
            addresses={to.addresses}
            chosen={to.chosen}
            missing={to.addressMissing}
            onChoose={to.choose}
            onEdit={onEdit}
          />
        )}
        <TextArea
          label={t('checkout.note')}
          optional={t('checkout.optional')}
          maxLength={500}
          rows={2}
          value={note}
          onChange={(event) => onNote(event.target.value)}
        />
      </div>
    </Card>
  )
}

function WhoPicksUp({ to }: { to: Recipient }) {
  const { t } = useTranslation()
  return (
    <div className={styles.pair}>
      <TextField
        label={t('checkout.pickupName')}
        autoComplete="name"
        maxLength={60}
        value={to.recipient}
        onChange={(event) => to.setRecipient(event.target.value)}
      />
      <TextField
        label={t('account.phone')}
        optional={t('checkout.optional')}
        type="tel"
        autoComplete="tel"
        maxLength={30}
        error={to.phoneWrong ? t('address.phoneWrong') : undefined}
        value={to.phone}
        onChange={(event) => to.setPhone(event.target.value)}
      />
    </div>
  )
}
