// Owns what is told of a period: its numbers, three pictures, and the table behind them.
import { Card, Empty, Grid, Segmented, Skeleton } from 'antd'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SalesGrouping, SalesItem } from '../../../../../src/modules/reports/schema.ts'
import { termName } from '../../../features/inventory/terms.ts'
import { CategoryShares } from '../../../features/sales/category-shares.tsx'
import { totalsOf } from '../../../features/sales/figures.ts'
import { nameOfProduct } from '../../../features/sales/names.ts'
import type { Period } from '../../../features/sales/period.ts'
import { ProductsChart } from '../../../features/sales/products-chart.tsx'
import { type Days, useBestSelling, useDays } from '../../../features/sales/queries.ts'
import { RevenueChart } from '../../../features/sales/revenue-chart.tsx'
import { SalesTable } from '../../../features/sales/sales-table.tsx'
import { Summary } from '../../../features/sales/summary.tsx'
import { useFormat } from '../../../lib/format.ts'
import { ErrorState } from '../../../ui/states.tsx'
import styles from './figures.module.css'

interface SalesReportProps {
  readonly period: Period
  readonly onOpenProduct: (productId: number) => void
}

export function SalesReport({ period, onOpenProduct }: SalesReportProps) {
  const days = useDays(period)
  const products = useBestSelling('product', period)
  const categories = useBestSelling('category', period)
  const failed = [days, products, categories].filter((query) => query.isError && !query.data)
  const retry = () => failed.forEach((query) => void query.refetch())

  if (failed[0]) return <ErrorState error={failed[0].error} onRetry={retry} />
  if (!days.data || !products.data || !categories.data) return <Loading />
  const stale = [days, products, categories].some((query) => query.isPlaceholderData)
  const lists = {
    day: days.data.days.toReversed(),
    product: products.data,
    category: categories.data,
  }
  return (
    <div className={stale ? `${styles.page} ${styles.stale}` : styles.page}>
      <Report {...days.data} lists={lists} onOpenProduct={onOpenProduct} />
    </div>
  )
}

interface ReportProps extends Days {
  readonly lists: Record<SalesGrouping, readonly SalesItem[]>
  readonly onOpenProduct: (productId: number) => void
}

function Report({ days, before, lists, onOpenProduct }: ReportProps) {
  const { t, i18n } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  // Names follow the language.
  const productNameOf = useCallback(nameOfProduct, [i18n.language])
  const categoryNameOf = useCallback(termName, [i18n.language])
  const totals = totalsOf(days)
  const nothing = totals.orders + totals.cancelled + totals.refunded === 0
  if (nothing) {
    return (
      <Card>
        <Empty description={t('sales.nothing')} />
      </Card>
    )
  }
  return (
    <>
      <Summary totals={totals} before={before} />
      <Card title={t('sales.daysTitle')}>
        <RevenueChart days={days} />
      </Card>
      <div className={styles.pair}>
        <Card title={t('sales.productsTitle')}>
          <ProductsChart
            products={lists.product}
            nameOf={productNameOf}
            nameWidth={wide ? 190 : 120}
          />
        </Card>
        <Card title={t('sales.categoriesTitle')}>
          <CategoryShares categories={lists.category} nameOf={categoryNameOf} />
        </Card>
      </div>
      <Figures lists={lists} onOpenProduct={onOpenProduct} />
    </>
  )
}

const groupings = ['day', 'product', 'category'] as const

function Figures({ lists, onOpenProduct }: Pick<ReportProps, 'lists' | 'onOpenProduct'>) {
  const { t } = useTranslation()
  const { longDay } = useFormat()
  const [by, setBy] = useState<SalesGrouping>('day')
  const nameOf = (item: SalesItem) => {
    if (by === 'day') return longDay(item.day ?? '')
    return by === 'product' ? nameOfProduct(item) : termName(item.category ?? '')
  }
  return (
    <Card
      title={t('sales.table')}
      extra={
        <Segmented
          aria-label={t('sales.table')}
          value={by}
          options={groupings.map((value) => ({ value, label: t(`sales.by.${value}`) }))}
          onChange={setBy}
        />
      }
      styles={{ body: { padding: 0 } }}
    >
      <SalesTable
        key={by}
        by={by}
        items={lists[by]}
        nameOf={nameOf}
        onOpenProduct={onOpenProduct}
      />
    </Card>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={styles.page} role="status">
      <span className="visually-hidden">{t('states.loading')}</span>
      {[2, 7, 5].map((rows) => (
        <Card key={rows}>
          <Skeleton active title={false} paragraph={{ rows }} />
        </Card>
      ))}
    </div>
  )
}
