// Owns how staff see an order's status, payment and way to the customer at a glance.
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

import type {
  Fulfilment,
  Order,
  OrderStatus,
  PaymentStatus,
} from '../../../../src/modules/orders/schema.ts'

const statusColours: Record<OrderStatus, string> = {
  pending: 'warning',
  confirmed: 'processing',
  ready: 'success',
  shipped: 'processing',
  completed: 'success',
  cancelled: 'default',
}

const paymentColours: Record<PaymentStatus, string> = {
  unpaid: 'warning',
  paid: 'success',
  refunded: 'default',
}

export function StatusTag({ status }: { status: OrderStatus }) {
  const { t } = useTranslation()
  return <Tag color={statusColours[status]}>{t(`order.status.${status}`)}</Tag>
}

/** Nobody waits for the money of a cancelled order. */
export function PaymentTag({ order }: { order: Pick<Order, 'status' | 'payment_status'> }) {
  const { t } = useTranslation()
  const { status, payment_status: payment } = order
  if (status === 'cancelled' && payment === 'unpaid') return null
  return <Tag color={paymentColours[payment]}>{t(`order.payment.${payment}`)}</Tag>
}

export function FulfilmentTag({ fulfilment }: { fulfilment: Fulfilment }) {
  const { t } = useTranslation()
  return <Tag>{t(`order.fulfilment.${fulfilment}`)}</Tag>
}
