// Owns the customers' area: its frame, and the pages on which a visit begins. The others come a moment later.
import { lazy, Suspense, useEffect } from 'react'
import { Route, Routes } from 'react-router'

import { LiveNotifications } from '../../features/notifications/live-notifications.tsx'
import { useScrollPlace } from '../../lib/scroll.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { SkipLink } from '../../ui/skip-link.tsx'
import { linkFor } from './link-for.ts'
import { CataloguePage } from './pages/catalogue-page.tsx'
import { ProductPage } from './pages/product-page.tsx'
import styles from './shop-area.module.css'
import { ShopHeader } from './shop-header.tsx'
import { TabBar } from './tab-bar.tsx'

const loadMore = () => import('./pages/more-pages.tsx')
const MorePages = lazy(loadMore)

export default function ShopArea() {
  useScrollPlace()
  useEffect(fetchMoreWhenIdle, [])
  return (
    <div className={styles.area}>
      <SkipLink />
      <LiveNotifications linkFor={linkFor} />
      <ShopHeader />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<Skeleton height={420} />}>
          <Pages />
        </Suspense>
      </main>
      <TabBar />
    </div>
  )
}

/** So that the cart opens at once, and without a network. */
function fetchMoreWhenIdle() {
  const timer = setTimeout(() => {
    loadMore().catch(() => {
      // Asked for again when somebody goes there.
    })
  }, 3_000)
  return () => clearTimeout(timer)
}

function Pages() {
  return (
    <Routes>
      <Route index element={<CataloguePage />} />
      <Route path="products/:productId" element={<ProductPage />} />
      <Route path="*" element={<MorePages />} />
    </Routes>
  )
}
