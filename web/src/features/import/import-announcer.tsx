// Owns what a screen reader hears of an import: each step, and every quarter of the way.
import { useTranslation } from 'react-i18next'

import type { Progress } from './send-import.ts'
import { percentOf } from './progress-bar.tsx'
import type { Stage } from './use-import.ts'

export function ImportAnnouncer({ stage }: { stage: Stage }) {
  const words = useWords(stage)
  return (
    <p role="status" className="visually-hidden">
      {words}
    </p>
  )
}

function useWords(stage: Stage): string {
  const { t } = useTranslation()
  switch (stage.at) {
    case 'choose':
      return stage.failure?.message ?? ''
    case 'checking':
      return t('import.checking')
    case 'checked': {
      const { created, updated, unchanged, error_count: errors } = stage.report
      return errors > 0
        ? t('import.checkedWrong', { count: errors })
        : t('import.checkedFine', { created, updated, unchanged })
    }
    case 'importing':
      return t('import.importing', { percent: quarter(stage.progress) })
    case 'stopped':
      return t('import.stoppedTitle')
    case 'done':
      return t('import.doneTitle')
  }
}

function quarter(progress: Progress | null): number {
  return Math.floor(percentOf(progress) / 25) * 25
}
