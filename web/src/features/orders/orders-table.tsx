// Owns the staff's table of all orders.
import { Alert, Button, Empty, Grid, Table } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FulfilmentTag, PaymentTag, StatusTag } from './order-tags.tsx'
import type { useOrders } from './queries.ts'

interface OrdersTableProps {
  readonly orders: ReturnType<typeof useOrders>
  readonly onOpen: (orderId: number) => void
}

export function OrdersTable({ orders, onOpen }: OrdersTableProps) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  if (orders.error) {
    return (
      <Alert
        type="error"
        title={orders.error.message}
        action={<Button onClick={orders.retry}>{t('actions.retry')}</Button>}
      />
    )
  }
  return (
    <>
      <Table<Order>
        rowKey="order_id"
        size="middle"
        {...(wide && { scroll: { x: 860 } })}
        pagination={false}
        loading={orders.loading || orders.stale}
        dataSource={orders.items}
        locale={{ emptyText: <Empty description={t('office.noOrders')} /> }}
        onRow={(order) => ({ onClick: () => onOpen(order.order_id), style: { cursor: 'pointer' } })}
        columns={[
          {
            title: t('office.orderNumber'),
            key: 'number',
            render: (_, order) => (
              <Button type="link" size="small" style={{ padding: 0 }}>
                {order.order_number}
              </Button>
            ),
          },
          {
            title: t('office.customer'),
            key: 'customer',
            responsive: ['md'],
            render: (_, order) => order.username ?? t('office.erasedCustomer'),
          },
          {
            title: t('order.placedAt'),
            key: 'created',
            responsive: ['md'],
            render: (_, order) => dateTime(order.created_at),
          },
          {
            title: t('office.fulfilment'),
            key: 'fulfilment',
            responsive: ['md'],
            render: (_, order) => <FulfilmentTag fulfilment={order.fulfilment} />,
          },
          {
            title: t('office.status'),
            key: 'status',
            render: (_, order) => <StatusTag status={order.status} />,
          },
          {
            title: t('office.payment'),
            key: 'payment',
            responsive: ['md'],
            render: (_, order) => <PaymentTag order={order} />,
          },
          {
            title: t('order.total'),
            key: 'total',
            align: 'right',
            render: (_, order) => money(order.total_cents),
          },
        ]}
      />
      {orders.hasMore && (
        <p style={{ textAlign: 'center', padding: 16 }}>
          <Button loading={orders.loadingMore} onClick={orders.loadMore}>
            {t('actions.loadMore')}
          </Button>
        </p>
      )}
    </>
  )
}
