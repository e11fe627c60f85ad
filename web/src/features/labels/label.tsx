// Owns one label: name, price, bars and the code in digits; the same on the screen and on paper.
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'

import type { Bars } from '../../lib/office/bars.ts'
import { FitText } from '../../ui/fit-text.tsx'
import type { LabelSize } from './label-sizes.ts'
import styles from './label.module.css'

export interface LabelText {
  readonly name: string
  /** With its unit, as in `¥39.90 / 袋`. */
  readonly price: string
  readonly code: { readonly text: string; readonly bars: Bars } | null
  /** Null leaves it out. */
  readonly shop: string | null
}

/** Type and spaces are measured for a label of this height, and grow with it. */
const PLAIN_HEIGHT = 30

export function Label({ text, size }: { text: LabelText; size: LabelSize }) {
  const { t } = useTranslation()
  const { name, price, code, shop } = text
  const style: CSSProperties & Record<'--unit', string> = {
    width: `${size.width}mm`,
    height: `${size.height}mm`,
    '--unit': `${size.height / PLAIN_HEIGHT}mm`,
  }
  return (
    <div className={styles.label} style={style}>
      {shop && <div className={styles.shop}>{shop}</div>}
      <div className={styles.name}>{name}</div>
      <div className={styles.price}>
        <FitText text={price} />
      </div>
      {code && (
        <>
          <svg
            className={styles.bars}
            viewBox={`0 0 ${code.bars.width} 1`}
            preserveAspectRatio="none"
            shapeRendering="crispEdges"
            role="img"
            aria-label={`${t('product.barcode')} ${code.text}`}
          >
            <path d={code.bars.path} />
          </svg>
          <div className={styles.code}>{code.text}</div>
        </>
      )}
    </div>
  )
}
