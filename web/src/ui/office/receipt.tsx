// Owns what a receipt looks like, on paper and in its preview.
import { useTranslation } from 'react-i18next'

import styles from './receipt.module.css'

export interface ReceiptLine {
  readonly key: string | number
  readonly name: string
  readonly quantity: number
  /** Of one. */
  readonly price: string
  readonly sum: string
}

interface ReceiptProps {
  readonly logo: string | null
  readonly shopName: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly lines: readonly ReceiptLine[]
  readonly total: string
  /** The shop's own words at the end. */
  readonly words: string
}

export function Receipt({ logo, shopName, facts, lines, total, words }: ReceiptProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.receipt}>
      {logo && <img src={logo} alt="" />}
      <strong>{shopName}</strong>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.lines}>
        {lines.map(({ key, name, quantity, price, sum }) => (
          <li key={key}>
            <span className={styles.name}>{name}</span>
            <span>
              {quantity} × {price}
            </span>
            <span>{sum}</span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t('order.total')}</span>
        <span>{total}</span>
      </p>
      {words.trim() !== '' && <p className={styles.words}>{words}</p>}
    </div>
  )
}
