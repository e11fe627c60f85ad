// Owns showing a receipt as it will look with the settings that are being typed.
import { useTranslation } from 'react-i18next'

import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { minorDigits } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { Receipt } from '../../ui/office/receipt.tsx'
import styles from './settings.module.css'

/** What one costs, in minor units of a currency with two digits. */
const lines = [
  { item: 'food', quantity: 1, cents: 12_800 },
  { item: 'toy', quantity: 2, cents: 1_990 },
] as const

export function ReceiptPreview({ values }: { values: Settings }) {
  const { t } = useTranslation()
  const money = moneyOf(values.currency)
  const total = lines.reduce((sum, { quantity, cents }) => sum + cents * quantity, 0)
  const time = new Intl.DateTimeFormat(currentLanguage(), {
    timeZone: values.time_zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(new Date())
  return (
    <figure className={styles.preview}>
      <figcaption>{t('shopSettings.preview')}</figcaption>
      <div className={styles.paper}>
        <Receipt
          logo={values.logo_url}
          shopName={values.shop_name}
          facts={[[t('shopSettings.previewDate'), time]]}
          lines={lines.map(({ item, quantity, cents }) => ({
            key: item,
            name: t(`shopSettings.previewItems.${item}`),
            quantity,
            price: money(cents),
            sum: money(cents * quantity),
          }))}
          total={money(total)}
          words={values.receipt_text}
        />
      </div>
    </figure>
  )
}

/** The one that is chosen in the form, not yet the shop's. */
function moneyOf(currency: string): (cents: number) => string {
  const digits = minorDigits(currency)
  const format = new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  return (cents) => format.format(Math.round(cents / 10 ** (2 - digits)) / 10 ** digits)
}
