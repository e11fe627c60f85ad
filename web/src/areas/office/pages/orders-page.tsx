// Owns finding any order: search, status, payment and days, all kept in the address.
import { Button as AntButton, DatePicker, Select, Tooltip } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { OrdersTable } from '../../../features/orders/orders-table.tsx'
import { useOrders } from '../../../features/orders/queries.ts'
import { exportPath } from '../../../lib/office/export-path.ts'
import { useSession } from '../../../lib/session.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { nextDay, startOfDay } from '../../../lib/zone.ts'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
import styles from './filters.module.css'

const statuses = ['pending', 'confirmed', 'ready', 'shipped', 'completed', 'cancelled'] as const
const payments = ['unpaid', 'paid', 'refunded'] as const

export function OrdersPage() {
  const { t } = useTranslation()
  const { time_zone: zone } = useShopInfo()
  const { may } = useSession()
  const navigate = useNavigate()
  const address = useUrlFilters()
  const search = address.get('search')
  const status = address.oneOf('status', statuses)
  const payment = address.oneOf('payment', payments)
  const [from, to] = [dayOf(address.get('from')), dayOf(address.get('to'))]
  const period = {
    from: from && startOfDay(from, zone),
    to: to && startOfDay(nextDay(to), zone),
  }
  const orders = useOrders({ search, status, payment_status: payment, ...period }, true)
  return (
    <>
      <PageHeader title={t('office.nav.orders')}>
        <span className={styles.tools}>
          {may('manager') && (
            <Tooltip title={t('exports.ordersHint')}>
              <AntButton href={exportPath('/orders/export', { ...period, status })} download>
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
      </div>
      <OrdersTable orders={orders} onOpen={(orderId) => address.set({ order: String(orderId) })} />
    </>
  )
}

function dayOf(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined
}
