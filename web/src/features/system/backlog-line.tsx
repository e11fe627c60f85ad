// Owns the small picture of a group's backlog over the last minutes.
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { lineOf } from './backlog-history.ts'
import styles from './system.module.css'

const width = 120
const height = 26

interface BacklogLineProps {
  readonly group: string
  readonly looks: readonly number[]
}

export function BacklogLine({ group, looks }: BacklogLineProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const line = lineOf(looks, width, height)
  const [first = '0'] = line.split(',')
  return (
    <svg
      className={styles.line}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('systemPage.lineOf', {
        group,
        now: number(looks.at(-1) ?? 0),
        most: number(Math.max(0, ...looks)),
      })}
    >
      <polygon points={`${first},${height} ${line} ${width},${height}`} />
      <polyline points={line} />
    </svg>
  )
}
