// Owns the orders of one customer: how many there are, each with its way to it, and ordering for them.
import { Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { User } from '../../../../../src/modules/users/schema.ts'
import { PaymentTag, StatusTag } from '../../../features/orders/order-tags.tsx'
import { mostCounted, useOrderCount, useOrders } from '../../../features/orders/queries.ts'
import { useFormat } from '../../../lib/format.ts'
import { LoadFailure } from '../../../ui/office/load-failure.tsx'
import styles from './customer-orders.module.css'

interface CustomerOrdersProps {
  readonly user: User
  readonly onOpen: (orderId: number) => void
}

export function CustomerOrders({ user, onOpen }: CustomerOrdersProps) {
  const { t } = useTranslation()
  const count = useOrderCount(user.user_id)
  return (
    <section className={styles.orders}>
      <div className={styles.head}>
        <h3>
          {t('people.orders')}{' '}
          {count.data !== undefined && (
            <span className={styles.count}>
              {count.data > mostCounted
                ? t('people.ordersMany', { count: mostCounted })
                : t('people.ordersCount', { count: count.data })}
            </span>
          )}
        </h3>
        {user.active && (
          <Link to={`/office/orders/new?customer=${user.user_id}`}>
            <Button>{t('people.newOrder')}</Button>
          </Link>
        )}
      </div>
      <OrderList userId={user.user_id} onOpen={onOpen} />
    </section>
  )
}

function OrderList({ userId, onOpen }: { userId: number; onOpen: (orderId: number) => void }) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const orders = useOrders({ user_id: userId }, true)
  if (orders.loading) return <Skeleton active paragraph={{ rows: 3 }} />
  if (orders.error) return <LoadFailure error={orders.error} onRetry={orders.retry} />
  if (orders.items.length === 0) return <p className={styles.none}>{t('people.noOrders')}</p>
  return (
    <>
      <ul>
        {orders.items.map((order) => (
          <li key={order.order_id}>
            <button type="button" className={styles.order} onClick={() => onOpen(order.order_id)}>
              <span className={styles.what}>
                <strong>{order.order_number}</strong>
                <small>{dateTime(order.created_at)}</small>
              </span>
              <span className={styles.side}>
                <span>{money(order.total_cents)}</span>
                <span className={styles.tags}>
                  <StatusTag status={order.status} />
                  <PaymentTag order={order} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {orders.hasMore && (
        <Button loading={orders.loadingMore} onClick={orders.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </>
  )
}
