// Owns what stands on the page while a whole area is still on its way.
import styles from './page-loading.module.css'
import { SkeletonList } from './skeleton.tsx'

export function PageLoading() {
  return (
    <div className={styles.page}>
      <SkeletonList count={3} height={120} />
    </div>
  )
}
