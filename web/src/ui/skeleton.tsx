// Owns the grey shapes that stand in for what is still on its way.
import { useTranslation } from 'react-i18next'

import styles from './skeleton.module.css'

export function Skeleton({ height, width = '100%' }: { height: number | string; width?: string }) {
  return <span className={styles.skeleton} style={{ height, width }} aria-hidden="true" />
}

/** Several shapes with one spoken "loading". */
export function SkeletonList({ count, height }: { count: number; height: number }) {
  const { t } = useTranslation()
  return (
    <div className={styles.list} role="status">
      <span className="visually-hidden">{t('states.loading')}</span>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  )
}
