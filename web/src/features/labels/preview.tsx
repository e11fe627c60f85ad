// Owns the look at labels before they are printed, in their real size.
import { Card } from 'antd'
import { useTranslation } from 'react-i18next'

import { Label, type LabelText } from './label.tsx'
import styles from './label-maker.module.css'
import type { LabelSize } from './label-sizes.ts'

const MOST_SHOWN = 24

interface PreviewProps {
  readonly size: LabelSize
  readonly labels: readonly {
    readonly productId: number
    readonly text: LabelText
    readonly copies: number
  }[]
}

export function Preview({ size, labels }: PreviewProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('labels.preview')}>
      <ul className={styles.preview}>
        {labels.slice(0, MOST_SHOWN).map(({ productId, text, copies }) => (
          <li key={productId} className={copies === 0 ? styles.none : undefined}>
            <div className={styles.paper}>
              <Label text={text} size={size} />
            </div>
            <small>× {copies}</small>
          </li>
        ))}
      </ul>
      {labels.length > MOST_SHOWN && (
        <p className={styles.hint}>{t('labels.previewMore', { count: MOST_SHOWN })}</p>
      )}
    </Card>
  )
}
