// Owns what can be done with the products that are selected.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import styles from './filters.module.css'
import { labelsPath, MOST_LABELLED } from './labels-path.ts'

interface SelectionBarProps {
  readonly selected: readonly number[]
  readonly onClear: () => void
}

export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const tooMany = selected.length > MOST_LABELLED
  if (selected.length === 0) return null
  return (
    <div className={styles.selection} role="status">
      <span>
        {tooMany
          ? t('labels.selectedMost', { count: MOST_LABELLED })
          : t('labels.selected', { count: selected.length })}
      </span>
      <Button type="primary" disabled={tooMany} onClick={() => void navigate(labelsPath(selected))}>
        {t('editor.printLabel')}
      </Button>
      <Button onClick={onClear}>{t('labels.clear')}</Button>
    </div>
  )
}
