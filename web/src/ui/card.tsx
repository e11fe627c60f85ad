// Owns the surface that groups what belongs together.
import type { ReactNode } from 'react'

import styles from './card.module.css'

interface CardProps {
  readonly children: ReactNode
  readonly title?: string
  readonly action?: ReactNode
}

export function Card({ children, title, action }: CardProps) {
  return (
    <section className={styles.card}>
      {title && (
        <header className={styles.header}>
          <h2 className={styles.title}>{title}</h2>
          {action}
        </header>
      )}
      {children}
    </section>
  )
}
