// Owns the staff's table of all orders.
import { Button, Empty, Grid } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { type Column, VirtualTable } from '../../ui/office/virtual-table.tsx'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { FulfilmentTag, PaymentTag, StatusTag } from './order-tags.tsx'
import styles from './orders-table.module.css'
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
  const columns = useColumns(wide)
  if (orders.error) return <LoadFailure error={orders.error} onRetry={orders.retry} />
  return (
    <VirtualTable<Order>
      list={orders}
      idOf={idOf}
      rowHeight={wide ? 49 : 71}
      minWidth={900}
      // Nothing is known yet: that isn't nothing.
      empty={
        orders.loading ? (
          <div style={{ height: 240 }} />
        ) : (
          <Empty description={t('office.noOrders')} />
        )
      }
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

const idOf = (order: Order) => order.order_id

function useColumns(wide: boolean): readonly Column<Order>[] {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  return [
    {
      title: t('office.orderNumber'),
      key: 'number',
      ...(wide && { width: 180 }),
      render: (order) => (
        <Button type="link" size="small" className={styles.number}>
          {order.order_number}
        </Button>
      ),
    },
    {
      title: t('office.customer'),
      key: 'customer',
      wideOnly: true,
      render: (order) => order.username ?? t('office.erasedCustomer'),
    },
    {
      title: t('order.placedAt'),
      key: 'created',
      width: 184,
      wideOnly: true,
      render: (order) => dateTime(order.created_at),
    },
    {
      title: t('office.fulfilment'),
      key: 'fulfilment',
      width: 96,
      wideOnly: true,
      render: (order) => <FulfilmentTag fulfilment={order.fulfilment} />,
    },
    {
      title: t('office.status'),
      key: 'status',
      width: 100,
      render: (order) => <StatusTag status={order.status} />,
    },
    {
      title: t('office.payment'),
      key: 'payment',
      width: 96,
      wideOnly: true,
      render: (order) => <PaymentTag order={order} />,
    },
    {
      title: t('order.total'),
      key: 'total',
      width: 120,
      isFigures: true,
      render: (order) => money(order.total_cents),
    },
  ]
}
