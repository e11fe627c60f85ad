// Owns all about one order as staff see it, beside whatever list it was opened from.
import { Alert, Button, Descriptions, Drawer, Empty, Skeleton, Space } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { LinkButton } from '../../ui/button.tsx'
import { OrderActionButtons } from './order-action-buttons.tsx'
import styles from './order-drawer.module.css'
import { OrderLines } from './order-lines.tsx'
import { OrderProgress } from './order-progress.tsx'
import { FulfilmentTag, PaymentTag, StatusTag } from './order-tags.tsx'
import { useOrder } from './queries.ts'
import { ReceiptButton } from './receipt-button.tsx'

interface OrderDrawerProps {
  readonly orderId: number | null
  readonly onClose: () => void
  readonly productPath: (productId: number) => string
  readonly papersPath: (kind: 'slip' | 'label', orderIds: readonly number[]) => string
}

export function OrderDrawer({ orderId, onClose, ...rest }: OrderDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      aria-label={t('office.orderDetails')}
      open={orderId !== null}
      onClose={onClose}
      size={520}
      destroyOnHidden
      closable={false}
    >
      {orderId !== null && <OrderById orderId={orderId} onClose={onClose} {...rest} />}
    </Drawer>
  )
}

type OrderByIdProps = OrderDrawerProps & { readonly orderId: number }

function OrderById({ orderId, onClose, productPath, papersPath }: OrderByIdProps) {
  const { t } = useTranslation()
  const order = useOrder(orderId)
  if (order.isPending) return <Skeleton active />
  if (order.data === undefined) {
    return (
      <Alert
        type="error"
        title={order.error?.message}
        action={<Button onClick={() => void order.refetch()}>{t('actions.retry')}</Button>}
      />
    )
  }
  if (order.data === null) return <Empty description={t('office.orderMissing')} />
  return (
    <div className={styles.order}>
      <div className={styles.head}>
        <h2>{t('order.titleNumber', { number: order.data.order_number })}</h2>
        <Button onClick={onClose}>{t('actions.close')}</Button>
      </div>
      <p className={styles.tags}>
        <StatusTag status={order.data.status} />
        <PaymentTag order={order.data} />
        <FulfilmentTag fulfilment={order.data.fulfilment} />
      </p>
      <OrderProgress order={order.data} />
      <OrderActionButtons order={order.data} />
      <Space wrap>
        <ReceiptButton order={order.data} />
        {(['slip', 'label'] as const).map((kind) => (
          <LinkButton key={kind} size="sm" to={papersPath(kind, [orderId])}>
            {t(`bulk.${kind}`)}
          </LinkButton>
        ))}
      </Space>
      <OrderLines order={order.data} productPath={productPath} />
      <Facts order={order.data} />
    </div>
  )
}

function Facts({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const facts: [string, string | null][] = [
    [t('office.customer'), order.username ?? t('office.erasedCustomer')],
    [t('order.placedAt'), dateTime(order.created_at)],
    [t('office.channel'), t(`office.channels.${order.channel}`)],
    [t('order.recipient'), order.recipient],
    [t('order.phone'), order.phone],
    [t('order.address'), order.address],
    [t('order.note'), order.note],
    [t('order.carrier'), order.carrier],
    [t('order.tracking'), order.tracking_number],
    [t('order.cancelReason'), order.cancellation_reason],
  ]
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      styles={{ label: { whiteSpace: 'nowrap' } }}
      items={facts
        .filter(([, value]) => value)
        .map(([label, value]) => ({ key: label, label, children: value }))}
    />
  )
}
