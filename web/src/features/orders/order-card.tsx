// Owns an order in the customer's list.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './order-card.module.css'
import { OrderBadges } from './order-status.tsx'

export function OrderCard({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const units = order.items.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Link to={`/orders/${order.order_id}`} className={styles.card}>
      <span className={styles.head}>
        <span className={styles.number}>{order.order_number}</span>
        <span>
          <OrderBadges order={order} />
        </span>
      </span>
      <span className={styles.names}>
        {order.items.map((line) => line.product_name).join(t('order.nameSeparator'))}
      </span>
      <span className={styles.foot}>
        <time dateTime={order.created_at}>{dateTime(order.created_at)}</time>
        <span>
          {t('order.units', { count: units })} <strong>{money(order.total_cents)}</strong>
        </span>
      </span>
    </Link>
  )
}
