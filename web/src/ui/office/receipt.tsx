// Owns what a receipt looks like, on paper and in its preview.
import { useTranslation } from 'react-i18next'

import type { Bars } from '../../lib/office/bars.ts'
import styles from './receipt.module.css'

export interface ReceiptLine {
  readonly key: string | number
  readonly name: string
  readonly quantity: number
  /** Of one. */
  readonly price: string
  readonly sum: string
  /** What was given off on it, in words. */
  readonly note?: string | undefined
}

interface ReceiptProps {
  readonly logo: string | null
  readonly shopName: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly lines: readonly ReceiptLine[]
  /** Between the lines and the total. */
  readonly before?: readonly (readonly [name: string, value: string])[]
  readonly total: string
  /** How it was paid. */
  readonly after?: readonly (readonly [name: string, value: string])[]
  /** A scanner at the counter finds the order by it. */
  readonly bars?: { readonly bars: Bars; readonly text: string } | null
  /** The shop's own words at the end. */
  readonly words: string
}

export function Receipt({ logo, shopName, facts, lines, total, words, ...more }: ReceiptProps) {
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
        {lines.map(({ key, name, quantity, price, sum, note }) => (
          <li key={key}>
            <span className={styles.name}>{name}</span>
            <span>
              {quantity} × {price}
            </span>
            <span>{sum}</span>
            {note && <span className={styles.note}>{note}</span>}
          </li>
        ))}
      </ul>
      {more.before && more.before.length > 0 && <Sums of={more.before} />}
      <p className={styles.total}>
        <span>{t('order.total')}</span>
        <span>{total}</span>
      </p>
      {more.after && <Sums of={more.after} />}
      {words.trim() !== '' && <p className={styles.words}>{words}</p>}
      {more.bars && (
        <div className={styles.bars}>
          <svg
            viewBox={`0 0 ${more.bars.bars.width} 1`}
            preserveAspectRatio="none"
            shapeRendering="crispEdges"
          >
            <path d={more.bars.bars.path} />
          </svg>
          <span>{more.bars.text}</span>
        </div>
      )}
    </div>
  )
}

function Sums({ of }: { of: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className={styles.sums}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
