// Owns today's sales at a glance, against the same weekday last week up to the same time.
import { useTranslation } from 'react-i18next'

import type { Today } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FitText } from '../../ui/fit-text.tsx'
import { changeOf } from './figures.ts'
import styles from './sales.module.css'
import today from './today.module.css'

export function TodaySales({ sales }: { sales: NonNullable<Today['sales']> }) {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const { today: now, last_week: before } = sales
  return (
    <>
      <Figure
        name={t('today.revenue')}
        value={money(now.revenue_cents)}
        before={money(before.revenue_cents)}
        change={changeOf(now.revenue_cents, before.revenue_cents)}
      />
      <Figure
        name={t('today.orders')}
        value={number(now.orders)}
        before={number(before.orders)}
        change={changeOf(now.orders, before.orders)}
      />
    </>
  )
}

interface FigureProps {
  readonly name: string
  readonly value: string
  readonly before: string
  readonly change: number | null
}

function Figure({ name, value, before, change }: FigureProps) {
  const { t } = useTranslation()
  const { percent } = useFormat()
  return (
    <section className={today.figure} aria-label={name}>
      <h2 className={today.name}>{name}</h2>
      <p className={today.value}>
        <FitText text={value} />
      </p>
      <p className={styles.detail}>
        {change !== null && (
          <span className={change > 0 ? styles.more : change < 0 ? styles.less : styles.same}>
            {change === 0 ? '±' : change > 0 ? '↑' : '↓'}
            {percent(Math.abs(change))}
          </span>
        )}
        <span>{t('today.compared', { value: before })}</span>
      </p>
    </section>
  )
}
