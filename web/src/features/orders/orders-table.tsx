// Owns the staff's table of all orders.
import { Alert, Button, Empty, Grid, type TableProps } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { VirtualTable } from '../../ui/office/virtual-table.tsx'
import { FulfilmentTag, PaymentTag, StatusTag } from './order-tags.tsx'
import type { useOrders } from './queries.ts'

interface OrdersTableProps {
  readonly orders: ReturnType<typeof useOrders>
  readonly onOpen: (orderId: number) => void
  readonly selected?: readonly number[]
  readonly onSelect?: (orderIds: number[]) => void
}

export function OrdersTable({ orders, onOpen, selected, onSelect }: OrdersTableProps) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  const columns = useColumns()
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
    <VirtualTable<Order>
      list={orders}
      idOf={(order) => order.order_id}
      rowHeight={wide ? 47 : 66}
      {...(wide && { scroll: { x: 860 } })}
      // Nothing is known yet: that isn't nothing.
      locale={{
        emptyText: orders.loading ? (
          <div style={{ height: 240 }} />
        ) : (
          <Empty description={t('office.noOrders')} />
        ),
      }}
      onOpen={(order) => onOpen(order.order_id)}
      {...(selected &&
        onSelect && {
          selecting: {
            selected,
            onSelect,
            allLabel: t('bulk.selectAll'),
            labelOf: (order) => t('bulk.selectOrder', { number: order.order_number }),
          },
        })}
      columns={columns}
    />
  )
}

function useColumns(): NonNullable<TableProps<Order>['columns']> {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  return [
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
  ]
}
