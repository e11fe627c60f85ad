// Owns finding any order: search, status, payment and days, all kept in the address or as a view of one's own.
import { Button as AntButton, DatePicker, Select, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Order } from '../../../../../src/modules/orders/schema.ts'
import { OrdersTable } from '../../../features/orders/orders-table.tsx'
import { useOrders } from '../../../features/orders/queries.ts'
import { SavedViews } from '../../../features/views/saved-views.tsx'
import { exportPath } from '../../../lib/office/export-path.ts'
import { useSession } from '../../../lib/session.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { nextDay, startOfDay } from '../../../lib/zone.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
import styles from './filters.module.css'
import { OrderSelectionBar } from './order-selection-bar.tsx'
import { useViewFilters } from './view-filters.ts'

const statuses = ['pending', 'confirmed', 'ready', 'shipped', 'completed', 'cancelled'] as const
const payments = ['unpaid', 'paid', 'refunded'] as const
const filterNames = ['search', 'status', 'payment', 'from', 'to'] as const

export function OrdersPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const navigate = useNavigate()
  const address = useUrlFilters()
  const query = useOrderQuery()
  const orders = useOrders(query, true)
  const selection = useSelection(orders.items)
  const views = useViewFilters(filterNames)
  return (
    <>
      <PageHeader title={t('office.nav.orders')}>
        <span className={styles.tools}>
          {may('manager') && (
            <Tooltip title={t('exports.ordersHint')}>
              <AntButton href={exportPath('/orders/export', query)} download>
                {t('exports.orders')}
              </AntButton>
            </Tooltip>
          )}
          <Button tone="primary" size="sm" onClick={() => void navigate('/office/orders/new')}>
            {t('office.nav.newOrder')}
          </Button>
        </span>
      </PageHeader>
      <div className={styles.filters}>
        <SavedViews page="orders" filters={views.filters} onChoose={views.choose} />
        <Filters />
      </div>
      <OrdersTable
        orders={orders}
        onOpen={(orderId) => address.set({ order: String(orderId) })}
        selected={selection.ids}
        onSelect={selection.select}
      />
      <OrderSelectionBar
        selected={selection.ids}
        orders={selection.orders}
        onClear={() => selection.select([])}
      />
    </>
  )
}

/** What the address asks for, as the server understands it. */
function useOrderQuery() {
  const { time_zone: zone } = useShopInfo()
  const address = useUrlFilters()
  const [from, to] = [dayOf(address.get('from')), dayOf(address.get('to'))]
  return {
    search: address.get('search'),
    status: address.oneOf('status', statuses),
    payment_status: address.oneOf('payment', payments),
    from: from && startOfDay(from, zone),
    to: to && startOfDay(nextDay(to), zone),
  }
}

/** Selected orders stay selected when another filter no longer lists them. */
function useSelection(items: readonly Order[]) {
  const [picked, setPicked] = useState<ReadonlyMap<number, Order>>(new Map())
  const fresh = new Map(items.map((order) => [order.order_id, order]))
  return {
    ids: [...picked.keys()],
    orders: [...picked].map(([id, order]) => fresh.get(id) ?? order),
    select: (ids: readonly number[]) =>
      setPicked(
        new Map(
          ids.flatMap((id) => {
            const order = fresh.get(id) ?? picked.get(id)
            return order ? [[id, order] as const] : []
          }),
        ),
      ),
  }
}

function Filters() {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const search = address.get('search')
  const status = address.oneOf('status', statuses)
  const payment = address.oneOf('payment', payments)
  const [from, to] = [dayOf(address.get('from')), dayOf(address.get('to'))]
  return (
    <>
      <SearchBox
        label={t('office.orderSearch')}
        value={search}
        onSearch={(value) => address.set({ search: value }, search !== '')}
      />
      <Select
        aria-label={t('office.status')}
        placeholder={t('office.status')}
        allowClear
        value={status ?? null}
        options={statuses.map((value) => ({ value, label: t(`order.status.${value}`) }))}
        onChange={(value: string | undefined) => address.set({ status: value ?? null })}
      />
      <Select
        aria-label={t('office.payment')}
        placeholder={t('office.payment')}
        allowClear
        value={payment ?? null}
        options={payments.map((value) => ({ value, label: t(`order.payment.${value}`) }))}
        onChange={(value: string | undefined) => address.set({ payment: value ?? null })}
      />
      <DatePicker.RangePicker
        aria-label={t('office.days')}
        value={from && to ? [dayjs(from), dayjs(to)] : null}
        onChange={(_, days) => address.set({ from: days?.[0] ?? null, to: days?.[1] ?? null })}
      />
    </>
  )
}

function dayOf(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}
