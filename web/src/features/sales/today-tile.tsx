// Owns a number that leads to where something can be done about it.
import { Link } from 'react-router'

import { FitText } from '../../ui/fit-text.tsx'
import styles from './today.module.css'

interface TodayTileProps {
  readonly name: string
  readonly value: string
  readonly detail?: string | undefined
  /** Null: nothing to open for this person. */
  readonly to: string | null
  readonly tone?: 'urgent' | 'wrong' | undefined
}

export function TodayTile({ name, value, detail, to, tone }: TodayTileProps) {
  const className = `${styles.tile} ${tone ? styles[tone] : ''}`
  const content = (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.value}>
        <FitText text={value} />
      </span>
      {detail && <span className={styles.detail}>{detail}</span>}
    </>
  )
  if (to === null) return <div className={className}>{content}</div>
  return (
    <Link to={to} className={className}>
      {content}
    </Link>
  )
}
