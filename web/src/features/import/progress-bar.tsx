// Owns how far an import has come, as a bar and in numbers.
import { Progress as Bar } from 'antd'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import type { Progress } from './send-import.ts'

interface ProgressBarProps {
  readonly label: string
  readonly progress: Progress | null
  readonly stopped?: boolean
}

export function ProgressBar({ label, progress, stopped = false }: ProgressBarProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  return (
    <div>
      <Bar
        percent={percentOf(progress)}
        status={stopped ? 'normal' : 'active'}
        strokeColor="var(--color-primary)"
        aria-label={label}
      />
      {progress && progress.total > 0 && (
        <p style={{ color: 'var(--color-ink-soft)' }}>
          {t('import.doneOf', { done: number(progress.done), total: number(progress.total) })}
        </p>
      )}
    </div>
  )
}

/** From 0 to 100; 100 is kept for the end. */
export function percentOf(progress: Progress | null): number {
  if (!progress || progress.total <= 0) return 0
  return Math.min(Math.floor((100 * progress.done) / progress.total), 99)
}
