// Owns one order as its customer follows it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams } from 'react-router'

import type { Order } from '../../../../../src/modules/orders/schema.ts'
import { CancelDialog } from '../../../features/orders/cancel-dialog.tsx'
import { customerMayCancel } from '../../../features/orders/order-actions.ts'
import { OrderLines } from '../../../features/orders/order-lines.tsx'
import { OrderProgress } from '../../../features/orders/order-progress.tsx'
import { OrderBadges } from '../../../features/orders/order-status.tsx'
import { useOrder } from '../../../features/orders/queries.ts'
import { useFormat } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonList } from '../../../ui/skeleton.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import styles from './narrow.module.css'
import { NotFoundPage } from './not-found-page.tsx'
import { OrderAgain } from './order-again.tsx'

export function OrderPage() {
  const orderId = Number(useParams().orderId)
  if (!Number.isSafeInteger(orderId) || orderId < 1) return <NotFoundPage />
  return <OrderById orderId={orderId} />
}

function OrderById({ orderId }: { orderId: number }) {
  const order = useOrder(orderId)
  if (order.isPending) return <SkeletonList count={3} height={140} />
  if (order.data === undefined) {
    return <ErrorState error={order.error} onRetry={() => void order.refetch()} />
  }
  if (order.data === null) return <NotFoundPage />
  return <OrderView order={order.data} />
}

function OrderView({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { state } = useLocation() as { state: { placed?: boolean } | null }
  const [cancelling, setCancelling] = useState(false)
  return (
    <div className={`${styles.page} ${styles.stack}`}>
      <PageHeader
        title={t('order.titleNumber', { number: order.order_number })}
        back={{ to: '/orders', label: t('nav.orders') }}
      >
        <span>
          <OrderBadges order={order} />
        </span>
      </PageHeader>
      {state?.placed && isFresh(order) && <Notice tone="good">{t('order.placed')}</Notice>}
      <Card>
        <OrderProgress order={order} />
      </Card>
      <Card title={t('order.lines')}>
        <OrderLines order={order} productPath={(id) => `/products/${id}`} />
      </Card>
      <Card title={t(`order.fulfilment.${order.fulfilment}`)}>
        <Delivery order={order} />
      </Card>
      <OrderAgain order={order} />
      {customerMayCancel(order) && (
        <Button tone="danger" onClick={() => setCancelling(true)}>
          {t('order.cancel')}
        </Button>
      )}
      <CancelDialog
        orderId={order.order_id}
        open={cancelling}
        onClose={() => setCancelling(false)}
      />
    </div>
  )
}

/** Once it moved on, the progress says more. */
function isFresh(order: Order): boolean {
  const { status, payment_status: payment } = order
  return (status === 'pending' || status === 'confirmed') && payment !== 'refunded'
}

function Delivery({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const facts: [string, string | null][] = [
    [t('order.placedAt'), dateTime(order.created_at)],
    [t('order.recipient'), order.recipient],
    [t('order.phone'), order.phone],
    [t('order.address'), order.address],
    [t('order.carrier'), order.carrier],
    [t('order.tracking'), order.tracking_number],
    [t('order.note'), order.note],
    [t('order.cancelReason'), order.cancellation_reason],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
