// Owns showing a receipt as it will look with the settings that are being typed.
import { useTranslation } from 'react-i18next'

import type { Settings } from '../../../../src/modules/shop/schema.ts'
import { minorDigits } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import styles from './settings.module.css'

/** In minor units of a currency with two digits. */
const lines = [
  { item: 'food', quantity: 1, cents: 12_800 },
  { item: 'toy', quantity: 2, cents: 3_980 },
] as const

export function ReceiptPreview({ values }: { values: Settings }) {
  const { t } = useTranslation()
  const money = moneyOf(values.currency)
  const total = lines.reduce((sum, { cents }) => sum + cents, 0)
  const time = new Intl.DateTimeFormat(currentLanguage(), {
    timeZone: values.time_zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(new Date())
  return (
    <figure className={styles.preview}>
      <figcaption>{t('shopSettings.preview')}</figcaption>
      <div className={styles.receipt}>
        {values.logo_url && <img src={values.logo_url} alt="" />}
        <strong>{values.shop_name}</strong>
        <table>
          <tbody>
            {lines.map(({ item, quantity, cents }) => (
              <tr key={item}>
                <td>
                  {t(`shopSettings.previewItems.${item}`)} × {quantity}
                </td>
                <td>{money(cents)}</td>
              </tr>
            ))}
            <tr className={styles.total}>
              <th scope="row">{t('order.total')}</th>
              <td>{money(total)}</td>
            </tr>
          </tbody>
        </table>
        <p>
          {t('shopSettings.previewDate')} {time}
        </p>
        {values.receipt_text.trim() !== '' && <p className={styles.words}>{values.receipt_text}</p>}
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
