// Owns a period's numbers at a glance, and how they compare with the days before.
import { Card, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { FitText } from '../../ui/fit-text.tsx'
import { averageOf, changeOf, type Totals } from './figures.ts'
import styles from './sales.module.css'

interface SummaryProps {
  readonly totals: Totals
  /** Of as many days before; null when they aren't known. */
  readonly before: Totals | null
}

export function Summary({ totals, before }: SummaryProps) {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const change = (valueOf: (of: Totals) => number) =>
    changeOf(valueOf(totals), before ? valueOf(before) : undefined)
  const numbers = [
    {
      name: t('sales.revenue'),
      value: money(totals.revenue),
      change: change(({ revenue }) => revenue),
    },
    {
      name: t('sales.net'),
      value: money(totals.revenue - totals.refunded),
      detail: t('sales.ofWhichRefunded', { money: money(totals.refunded) }),
    },
    {
      name: t('sales.orders'),
      value: number(totals.orders),
      change: change(({ orders }) => orders),
      detail: t('sales.cancelled', { orders: number(totals.cancelled) }),
    },
    { name: t('sales.units'), value: number(totals.units), change: change(({ units }) => units) },
    { name: t('sales.average'), value: money(averageOf(totals)), change: change(averageOf) },
  ]
  return (
    <div className={styles.numbers}>
      {numbers.map(({ name, value, change: part = null, detail }) => (
        <Card key={name} size="small">
          <Statistic title={name} value={value} formatter={() => <FitText text={value} />} />
          <p className={styles.detail}>
            {part !== null && <Change part={part} />}
            {detail && <span>{detail}</span>}
          </p>
        </Card>
      ))}
    </div>
  )
}

function Change({ part }: { part: number }) {
  const { t } = useTranslation()
  const { percent } = useFormat()
  const way = part > 0 ? 'more' : part < 0 ? 'less' : 'same'
  return (
    <span className={styles[way]}>
      {t(`sales.change.${way}`, { part: percent(Math.abs(part)) })}
    </span>
  )
}
