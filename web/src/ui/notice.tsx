// Owns the framed sentence that needs attention in the middle of a page.
import type { ReactNode } from 'react'

import styles from './notice.module.css'

interface NoticeProps {
  readonly tone?: 'info' | 'warn' | 'bad' | 'good'
  readonly children: ReactNode
}

/** Bad news is announced at once, the rest when the reader pauses. */
export function Notice({ tone = 'info', children }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
