// Owns the surface that groups what belongs together.
import { type ReactNode, useId } from 'react'

import styles from './card.module.css'

interface CardProps {
  readonly children: ReactNode
  readonly title?: string
  readonly action?: ReactNode
}

export function Card({ children, title, action }: CardProps) {
  const titleId = useId()
  return (
    <section className={styles.card} aria-labelledby={title ? titleId : undefined}>
      {title && (
        <header className={styles.header}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          {action}
        </header>
      )}
      {children}
    </section>
  )
}
