// Owns the charts of the office's first page: sales, orders, products and categories of the days one chooses.
import { Card, Empty, Grid } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { dayAt } from '../../../../../src/lib/days.ts'
import type { SalesItem } from '../../../../../src/modules/reports/schema.ts'
import { termName } from '../../../features/inventory/terms.ts'
import { CategoryShares } from '../../../features/sales/category-shares.tsx'
import { totalsOf } from '../../../features/sales/figures.ts'
import { OrdersChart } from '../../../features/sales/orders-chart.tsx'
import { PeriodPicker } from '../../../features/sales/period-picker.tsx'
import { choiceOf, type Period } from '../../../features/sales/period.ts'
import { ProductsChart } from '../../../features/sales/products-chart.tsx'
import { useBestSelling, useDays } from '../../../features/sales/queries.ts'
import { RevenueChart } from '../../../features/sales/revenue-chart.tsx'
import { nameOfProduct } from '../../../features/sales/names.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import figures from './figures.module.css'
import styles from './today-page.module.css'

export function TodayCharts() {
  const { t } = useTranslation()
  const { time_zone: zone } = useShopInfo()
  const { get, set } = useUrlFilters()
  const today = dayAt(Date.now(), zone)
  const choice = choiceOf({ days: get('days'), from: get('from'), to: get('to') }, today)
  const { from, to } = choice.period
  return (
    <section className={figures.page} aria-labelledby="charts">
      <div className={styles.row}>
        <h2 id="charts" className={styles.title}>
          {t('today.charts')}
        </h2>
        <PeriodPicker
          choice={choice}
          today={today}
          onSpan={(days) => set({ days: String(days), from: null, to: null })}
          onPeriod={(period) => set({ days: null, from: period.from, to: period.to })}
        />
      </div>
      <Charts period={choice.period} />
      <p>
        <Link to={`/office/sales?from=${from}&to=${to}`}>{t('today.toReport')}</Link>
      </p>
    </section>
  )
}

function Charts({ period }: { period: Period }) {
  const days = useDays(period)
  const products = useBestSelling('product', period)
  const categories = useBestSelling('category', period)
  const queries = [days, products, categories]
  const failed = queries.filter((query) => query.isError && !query.data)
  const retry = () => failed.forEach((query) => void query.refetch())
  if (failed[0]) return <ErrorState error={failed[0].error} onRetry={retry} />
  if (!days.data || !products.data || !categories.data) return <Skeleton height={320} />
  return (
    <div className={queries.some((query) => query.isPlaceholderData) ? figures.stale : undefined}>
      <Pictures days={days.data.days} products={products.data} categories={categories.data} />
    </div>
  )
}

interface PicturesProps {
  readonly days: readonly SalesItem[]
  readonly products: readonly SalesItem[]
  readonly categories: readonly SalesItem[]
}

function Pictures({ days, products, categories }: PicturesProps) {
  const { t, i18n } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  // Names follow the language.
  const productNameOf = useCallback(nameOfProduct, [i18n.language])
  const categoryNameOf = useCallback(termName, [i18n.language])
  const { orders, cancelled, refunded } = totalsOf(days)
  if (orders + cancelled + refunded === 0) {
    return (
      <Card>
        <Empty description={t('sales.nothing')} />
      </Card>
    )
  }
  return (
    <div className={figures.page}>
      <div className={figures.pair}>
        <Card title={t('sales.daysTitle')}>
          <RevenueChart days={days} height={240} />
        </Card>
        <Card title={t('today.ordersDays')}>
          <OrdersChart days={days} />
        </Card>
      </div>
      <div className={figures.pair}>
        <Card title={t('sales.productsTitle')}>
          <ProductsChart products={products} nameOf={productNameOf} nameWidth={wide ? 190 : 120} />
        </Card>
        <Card title={t('sales.categoriesTitle')}>
          <CategoryShares categories={categories} nameOf={categoryNameOf} />
        </Card>
      </div>
    </div>
  )
}
