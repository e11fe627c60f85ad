// Owns which part of the money each category brought: a ring, and beside it the same in words.
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { SalesItem } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { FramedChart } from '../../ui/office/framed-chart.tsx'
import { largest } from './figures.ts'
import { type Look, useLook } from '../../ui/office/look.ts'
import styles from './sales.module.css'

interface Part {
  readonly name: string
  readonly cents: number
  readonly share: number
  readonly colour: string
}

interface CategorySharesProps {
  readonly categories: readonly SalesItem[]
  readonly nameOf: (category: string) => string
}

export function CategoryShares({ categories, nameOf }: CategorySharesProps) {
  const { t } = useTranslation()
  const { money, percent } = useFormat()
  const look = useLook()
  const parts = useMemo(
    () => partsOf(categories, nameOf, t('sales.rest'), look),
    [categories, nameOf, t, look],
  )
  const option = useMemo(() => optionOf(parts, money, look), [parts, money, look])
  return (
    <div className={styles.shares}>
      <FramedChart option={option} label={t('sales.categoriesChart')} height={200} />
      <ul className={styles.parts}>
        {parts.map(({ name, cents, share, colour }) => (
          <li key={colour} className={styles.part}>
            <span className={styles.dot} style={{ background: colour }} />
            <span className={styles.partName}>{name}</span>
            <span className={styles.partShare}>{percent(share)}</span>
            <span className={styles.partMoney}>{money(cents)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function partsOf(
  categories: readonly SalesItem[],
  nameOf: (category: string) => string,
  restName: string,
  look: Look,
): Part[] {
  const { top, rest } = largest(categories, look.parts.length - 1, (item) => item.revenue_cents)
  const named = top.map((item) => ({
    name: nameOf(item.category ?? ''),
    cents: item.revenue_cents,
  }))
  const all = rest > 0 ? [...named, { name: restName, cents: rest }] : named
  const total = all.reduce((sum, { cents }) => sum + cents, 0)
  return all.map((part, place) => ({
    ...part,
    share: part.cents / total,
    colour: look.parts[place] ?? look.soft,
  }))
}

function optionOf(
  parts: readonly Part[],
  money: (cents: number) => string,
  look: Look,
): EChartsCoreOption {
  return {
    tooltip: {
      trigger: 'item',
      valueFormatter: money,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.ink, fontFamily: look.font, fontSize: 12 },
    },
    series: [
      {
        type: 'pie',
        radius: ['58%', '92%'],
        label: { show: false },
        itemStyle: { borderColor: look.surface, borderWidth: 2 },
        data: parts.map(({ name, cents, colour }) => ({
          name,
          value: cents,
          itemStyle: { color: colour },
        })),
      },
    ],
  }
}
