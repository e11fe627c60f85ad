// Owns an order on the board: who, what, how, and the next step.
import { Card } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './board.module.css'
import { OrderActionButtons } from './order-action-buttons.tsx'
import { FulfilmentTag, PaymentTag } from './order-tags.tsx'

interface BoardCardProps {
  readonly order: Order
  /** It came in while the board was open. */
  readonly fresh: boolean
  readonly onOpen: () => void
}

export function BoardCard({ order, fresh, onOpen }: BoardCardProps) {
  const { t } = useTranslation()
  const { money, shortTime } = useFormat()
  const units = order.items.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Card size="small" className={styles.card} data-fresh={fresh || undefined}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <span className={styles.number}>{order.order_number}</span>
        <time dateTime={order.created_at}>{shortTime(order.created_at)}</time>
      </button>
      <p className={styles.who}>
        {order.username ?? t('office.erasedCustomer')} · {t('order.units', { count: units })}
      </p>
      <p className={styles.names}>
        {order.items.map((line) => line.product_name).join(t('order.nameSeparator'))}
      </p>
      {order.note && <p className={styles.note}>{order.note}</p>}
      <p className={styles.tags}>
        <FulfilmentTag fulfilment={order.fulfilment} />
        <PaymentTag order={order} />
        <strong>{money(order.total_cents)}</strong>
      </p>
      <OrderActionButtons order={order} compact />
    </Card>
  )
}
