// Owns the office's first page: how the day goes, what is to be done, and what runs low.
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Today } from '../../../../../src/modules/reports/schema.ts'
import { useProducts } from '../../../features/inventory/queries.ts'
import { StockBadge } from '../../../features/inventory/stock-status.tsx'
import { useToday } from '../../../features/sales/queries.ts'
import { TodaySales } from '../../../features/sales/today-sales.tsx'
import { TodayTile } from '../../../features/sales/today-tile.tsx'
import { productName, useFormat } from '../../../lib/format.ts'
import { useSession } from '../../../lib/session.ts'
import { InView } from '../../../ui/office/in-view.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import figures from './figures.module.css'
import { FirstSteps, useFirstSteps } from './today-first-steps.tsx'
import styles from './today-page.module.css'

/** Charts and calendars weigh as much as all the rest: they come when somebody scrolls to them. */
const TodayCharts = lazy(async () => {
  const { TodayCharts: charts } = await import('./today-charts.tsx')
  return { default: charts }
})
const chartsHeight = 420

export function TodayPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const { longDay, time } = useFormat()
  const today = useToday()
  const first = useFirstSteps()
  // What comes first on the page isn't pushed in before what was there.
  const waiting = today.isPending || first.loading
  const { data } = today
  const text = data && t('today.text', { day: longDay(data.day), time: time(data.at) })
  return (
    <div className={figures.page}>
      <PageHeader title={t('office.nav.today')} text={text ?? ' '} />
      {!waiting && first.steps.length > 0 && <FirstSteps steps={first.steps} set={first.set} />}
      {data && !waiting ? <Numbers today={data} /> : null}
      {!data && today.isError && (
        <ErrorState error={today.error} onRetry={() => void today.refetch()} />
      )}
      {waiting && <Loading />}
      {!waiting && may('manager') && (
        <InView height={chartsHeight}>
          <Suspense fallback={<Skeleton height={chartsHeight} />}>
            <TodayCharts />
          </Suspense>
        </InView>
      )}
    </div>
  )
}

const states = ['pending', 'confirmed', 'ready', 'shipped'] as const

function Numbers({ today }: { today: Today }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const { open_orders: open, stock, sales, work } = today
  return (
    <>
      {(sales ?? work) && (
        <div className={styles.tiles}>
          {sales && <TodaySales sales={sales} />}
          {work && <Work work={work} />}
        </div>
      )}
      <Section title={t('today.todo')}>
        <div className={styles.tiles}>
          {states.map((status) => (
            <TodayTile
              key={status}
              name={t(`order.status.${status}`)}
              value={number(open[status])}
              to={`/office/board?status=${status}`}
              tone={status === 'pending' && open.pending > 0 ? 'urgent' : undefined}
            />
          ))}
        </div>
      </Section>
      <Section title={t('today.stock')}>
        <div className={styles.tiles}>
          <TodayTile
            name={t('today.low')}
            value={number(stock.low)}
            to="/office/stock?status=low_stock&sort=quantity"
            tone={stock.low > 0 ? 'urgent' : undefined}
          />
          <TodayTile
            name={t('today.out')}
            value={number(stock.out)}
            to="/office/stock?status=out_of_stock"
            tone={stock.out > 0 ? 'urgent' : undefined}
          />
        </div>
        <LowStock />
      </Section>
    </>
  )
}

function Work({ work }: { work: NonNullable<Today['work']> }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { number } = useFormat()
  const { backlog, dead_letters: dead } = work
  return (
    <TodayTile
      name={t('today.backlog')}
      value={number(backlog)}
      detail={
        dead > 0
          ? t('today.deadLetters', { count: dead })
          : backlog === 0
            ? t('today.backlogNone')
            : undefined
      }
      to={may('owner') ? '/office/system' : null}
      tone={dead > 0 ? 'wrong' : undefined}
    />
  )
}

const mostLow = 6

function LowStock() {
  const { t } = useTranslation()
  const low = useProducts({ stock_status: 'low_stock', sort: 'quantity' }, true)
  if (low.error) return <ErrorState error={low.error} onRetry={low.retry} />
  if (low.loading) return <Skeleton height={mostLow * 45} />
  if (low.items.length === 0) return <p>{t('today.calm')}</p>
  return (
    <ul className={styles.low} aria-label={t('today.lowTitle')}>
      {low.items.slice(0, mostLow).map((product) => (
        <li key={product.product_id}>
          <Link to={`?product=${product.product_id}`}>
            <span>{productName(product)}</span>
            <StockBadge product={product} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={figures.page} role="status">
      <span className="visually-hidden">{t('states.loading')}</span>
      {[92, 116, 260].map((height) => (
        <Skeleton key={height} height={height} />
      ))}
    </div>
  )
}
