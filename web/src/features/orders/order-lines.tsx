// Owns the list of what was ordered, with its sum.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './order-lines.module.css'

interface OrderLinesProps {
  readonly order: Pick<Order, 'items' | 'total_cents'>
  /** Where a line's product is shown. */
  readonly productPath?: (productId: number) => string
}

export function OrderLines({ order, productPath }: OrderLinesProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  return (
    <div>
      <ul className={styles.lines}>
        {order.items.map((line) => (
          <li key={line.product_id} className={styles.line}>
            <span className={styles.name}>
              {productPath ? (
                <Link to={productPath(line.product_id)}>{line.product_name}</Link>
              ) : (
                line.product_name
              )}
            </span>
            <span className={styles.figures}>
              {money(line.unit_price_cents)} × {line.quantity}
              {line.discount_cents !== undefined && ` − ${money(line.discount_cents)}`}
            </span>
            <span className={styles.sum}>
              {money(line.unit_price_cents * line.quantity - (line.discount_cents ?? 0))}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t('order.total')}</span>
        <strong>{money(order.total_cents)}</strong>
      </p>
    </div>
  )
}
