// Owns a figure that is neither broken nor cut: where it is longer than its place, it is written smaller.
import type { CSSProperties } from 'react'

import styles from './fit-text.module.css'

export function FitText({ text }: { readonly text: string }) {
  const length = { '--length': text.length } as CSSProperties
  return (
    <span className={styles.place}>
      <span className={styles.text} style={length}>
        {text}
      </span>
    </span>
  )
}
