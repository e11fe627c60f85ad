// Owns the customer's own orders.
import { useTranslation } from 'react-i18next'

import { OrderCard } from '../../../features/orders/order-card.tsx'
import { useOrders } from '../../../features/orders/queries.ts'
import { useSession } from '../../../lib/session.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { Chips } from '../../../ui/chips.tsx'
import { LoadMore } from '../../../ui/load-more.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonList } from '../../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import styles from './narrow.module.css'
import { OrderAgain } from './order-again.tsx'

const shown = ['pending', 'confirmed', 'ready', 'shipped', 'completed', 'cancelled'] as const

export function OrdersPage() {
  const { t } = useTranslation()
  const filters = useUrlFilters()
  const status = filters.oneOf('status', shown)
  return (
    <div className={`${styles.page} ${styles.stack}`}>
      <PageHeader title={t('nav.orders')} />
      <Chips
        label={t('order.statusFilter')}
        choices={[
          { value: '', label: t('order.allStatuses') },
          ...shown.map((value) => ({ value, label: t(`order.status.${value}`) })),
        ]}
        value={status ?? ''}
        onChange={(value) => filters.set({ status: value })}
      />
      <OwnOrders status={status} />
    </div>
  )
}

function OwnOrders({ status }: { status: (typeof shown)[number] | undefined }) {
  const { t } = useTranslation()
  const { user } = useSession()
  // Staff see everybody's orders; on this page only their own.
  const orders = useOrders({ status, user_id: user?.user_id })
  if (orders.loading) return <SkeletonList count={4} height={112} />
  if (orders.error) return <ErrorState error={orders.error} onRetry={orders.retry} />
  if (orders.items.length === 0) {
    return (
      <EmptyState icon="orders" title={t('order.none')} text={t('order.noneText')}>
        <LinkButton to="/">{t('cart.browse')}</LinkButton>
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={styles.stack} aria-busy={orders.stale}>
        {orders.items.map((order) => (
          <li key={order.order_id}>
            <OrderCard order={order} />
            <p className={styles.cardAction}>
              <OrderAgain order={order} size="sm" />
            </p>
          </li>
        ))}
      </ul>
      <LoadMore
        hasMore={orders.hasMore}
        loading={orders.loadingMore}
        onMore={orders.loadMore}
        auto
      />
    </>
  )
}
