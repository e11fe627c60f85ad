// Owns how an order's status and payment are put into words and colours.
import { useTranslation } from 'react-i18next'

import type { Order, OrderStatus, PaymentStatus } from '../../../../src/modules/orders/schema.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const statusTones: Record<OrderStatus, Tone> = {
  pending: 'warn',
  confirmed: 'info',
  ready: 'good',
  shipped: 'info',
  completed: 'good',
  cancelled: 'neutral',
}

const paymentTones: Record<PaymentStatus, Tone> = {
  unpaid: 'warn',
  paid: 'good',
  refunded: 'neutral',
}

export function OrderBadges({ order }: { order: Pick<Order, 'status' | 'payment_status'> }) {
  const { t } = useTranslation()
  return (
    <>
      <Badge tone={statusTones[order.status]}>{t(`order.status.${order.status}`)}</Badge>{' '}
      {!(order.status === 'cancelled' && order.payment_status === 'unpaid') && (
        <Badge tone={paymentTones[order.payment_status]}>
          {t(`order.payment.${order.payment_status}`)}
        </Badge>
      )}
    </>
  )
}
