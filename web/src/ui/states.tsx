// Owns what a view shows when there is nothing, when it failed, and when it may not be seen.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import styles from './states.module.css'

interface StateProps {
  readonly icon?: IconName
  readonly title: string
  readonly text?: string | undefined
  /** It is all there is: its title is the page's. */
  readonly whole?: boolean
  readonly children?: ReactNode
}

export function EmptyState({ icon = 'box', title, text, whole = false, children }: StateProps) {
  const Title = whole ? 'h1' : 'p'
  return (
    <div className={styles.state}>
      <span className={styles.mark}>
        <Icon name={icon} size={30} />
      </span>
      <Title className={styles.title}>{title}</Title>
      {text && <p className={styles.text}>{text}</p>}
      {children}
    </div>
  )
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.state} role="alert">
      <span className={`${styles.mark} ${styles.bad}`}>
        <Icon name="alert" size={30} />
      </span>
      <p className={styles.title}>{t('states.failed')}</p>
      <p className={styles.text}>{error instanceof Error ? error.message : String(error)}</p>
      {onRetry && <Button onClick={onRetry}>{t('actions.retry')}</Button>}
    </div>
  )
}
