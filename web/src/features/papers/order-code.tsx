// Owns the order's number in bars, as a scanner at the counter finds it.
import { useMemo } from 'react'

import { barsOf } from '../../lib/office/bars.ts'
import styles from './papers.module.css'

export function OrderCode({ number }: { number: string }) {
  const bars = useMemo(() => barsOf({ format: 'CODE128', text: number }), [number])
  return (
    <div className={styles.code}>
      <svg
        viewBox={`0 0 ${bars.width} 1`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        role="img"
        aria-label={number}
      >
        <path d={bars.path} />
      </svg>
      <span>{number}</span>
    </div>
  )
}
