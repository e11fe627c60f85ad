// Owns the end of a list that goes on: it loads when it comes into view, or when pressed.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from './button.tsx'
import styles from './load-more.module.css'

interface LoadMoreProps {
  readonly hasMore: boolean
  readonly loading: boolean
  readonly onMore: () => void
  /** Loads by itself when it comes into view. */
  readonly auto?: boolean
}

export function LoadMore({ hasMore, loading, onMore, auto = false }: LoadMoreProps) {
  const { t } = useTranslation()
  const end = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = end.current
    if (!auto || !hasMore || loading || !element) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore()
      },
      { rootMargin: '600px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [auto, hasMore, loading, onMore])

  if (!hasMore) return null
  return (
    <div ref={end} className={styles.end}>
      <Button busy={loading} onClick={onMore}>
        {t('actions.loadMore')}
      </Button>
    </div>
  )
}
