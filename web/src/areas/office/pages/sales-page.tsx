// Owns the page of what was sold: which days, kept in the address, and the report on them.
import { useTranslation } from 'react-i18next'

import { dayAt } from '../../../../../src/lib/days.ts'
import { choiceOf } from '../../../features/sales/period.ts'
import { PeriodPicker } from '../../../features/sales/period-picker.tsx'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './figures.module.css'
import { SalesReport } from './sales-report.tsx'

export function SalesPage() {
  const { t } = useTranslation()
  const { time_zone: zone } = useShopInfo()
  const { get, set } = useUrlFilters()
  const today = dayAt(Date.now(), zone)
  const choice = choiceOf({ days: get('days'), from: get('from'), to: get('to') }, today)
  return (
    <div className={styles.page}>
      <PageHeader title={t('office.nav.sales')} text={t('sales.text')} />
      <PeriodPicker
        choice={choice}
        today={today}
        onSpan={(days) => set({ days: String(days), from: null, to: null })}
        onPeriod={({ from, to }) => set({ days: null, from, to })}
      />
      <SalesReport period={choice.period} onOpenProduct={(id) => set({ product: String(id) })} />
    </div>
  )
}
