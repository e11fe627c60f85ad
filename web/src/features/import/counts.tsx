// Owns an import's numbers at a glance.
import { Statistic } from 'antd'
import { useTranslation } from 'react-i18next'

import type { ImportReport } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './import.module.css'

export function Counts({ report, done = false }: { report: ImportReport; done?: boolean }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const counts = [
    { name: 'created', value: report.created, tone: styles.good },
    { name: 'updated', value: report.updated, tone: undefined },
    { name: 'unchanged', value: report.unchanged, tone: undefined },
    { name: 'errors', value: report.error_count, tone: styles.bad },
  ] as const
  return (
    <div className={styles.counts}>
      {counts
        .filter(({ name }) => !done || name !== 'errors')
        .map(({ name, value, tone }) => (
          <Statistic
            key={name}
            title={t(`import.counts.${name}`)}
            value={value}
            formatter={() => number(value)}
            {...(value > 0 && tone && { className: tone })}
          />
        ))}
    </div>
  )
}
