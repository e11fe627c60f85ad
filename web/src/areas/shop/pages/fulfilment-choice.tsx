// Owns choosing between picking up and delivery.
import { useTranslation } from 'react-i18next'

import type { Fulfilment } from '../../../../../src/modules/orders/schema.ts'
import { Icon } from '../../../ui/icon.tsx'
import styles from './fulfilment-choice.module.css'

const ways = ['pickup', 'delivery'] as const satisfies readonly Fulfilment[]

interface FulfilmentChoiceProps {
  readonly value: Fulfilment
  readonly onChange: (value: Fulfilment) => void
}

export function FulfilmentChoice({ value, onChange }: FulfilmentChoiceProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles.choices}>
      <legend className="visually-hidden">{t('checkout.how')}</legend>
      {ways.map((way) => (
        <label key={way} className={styles.choice}>
          <input
            type="radio"
            name="fulfilment"
            value={way}
            checked={value === way}
            onChange={() => onChange(way)}
          />
          <Icon name={way === 'pickup' ? 'store' : 'truck'} size={26} />
          <span>
            <strong>{t(`order.fulfilment.${way}`)}</strong>
            <small>{t(`checkout.fulfilmentText.${way}`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
