// Owns choosing the days to look at.
import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

import { countDays } from '../../../../src/lib/days.ts'
import { type Choice, mostDays, type Period, spans } from './period.ts'
import styles from './sales.module.css'

interface PeriodPickerProps {
  readonly choice: Choice
  /** On the shop's calendar. */
  readonly today: string
  readonly onSpan: (days: number) => void
  readonly onPeriod: (period: Period) => void
}

const own = 'own'

export function PeriodPicker({ choice, today, onSpan, onPeriod }: PeriodPickerProps) {
  const { t } = useTranslation()
  const { span, period } = choice
  return (
    <div className={styles.picker}>
      <Segmented
        aria-label={t('sales.period')}
        value={span ?? own}
        options={[
          ...spans.map((days) => ({ value: days, label: t('sales.lastDays', { days }) })),
          { value: own, label: t('sales.ownDays') },
        ]}
        onChange={(value) => (value === own ? onPeriod(period) : onSpan(Number(value)))}
      />
      {span === null && (
        <div className={styles.ownDays}>
          <Day
            label={t('sales.from')}
            day={period.from}
            isOut={(day) => day > period.to || countDays(day, period.to) > mostDays}
            onChange={(from) => onPeriod({ ...period, from })}
          />
          <span aria-hidden="true">–</span>
          <Day
            label={t('sales.to')}
            day={period.to}
            isOut={(day) =>
              day > today || day < period.from || countDays(period.from, day) > mostDays
            }
            onChange={(to) => onPeriod({ ...period, to })}
          />
        </div>
      )}
    </div>
  )
}

interface DayProps {
  readonly label: string
  readonly day: string
  /** Days that cannot be chosen. */
  readonly isOut: (day: string) => boolean
  readonly onChange: (day: string) => void
}

const form = 'YYYY-MM-DD'

function Day({ label, day, isOut, onChange }: DayProps) {
  return (
    <DatePicker
      aria-label={label}
      allowClear={false}
      value={dayjs(day)}
      disabledDate={(date) => isOut(date.format(form))}
      onChange={(date) => date && onChange(date.format(form))}
    />
  )
}
