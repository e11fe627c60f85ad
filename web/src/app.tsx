// Owns the whole page from the top: providers, the areas, and which of them an address belongs to.
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import { queryClient } from './lib/query-client.ts'
import { shopInfoQuery, useShopInfoQuery } from './lib/shop-info.ts'
import { CrashBoundary } from './ui/crash-boundary.tsx'
import { OfflineBar } from './ui/offline-bar.tsx'
import { PageLoading } from './ui/page-loading.tsx'
import { RequireRole } from './ui/require-role.tsx'
import { ErrorState } from './ui/states.tsx'
import { Toasts } from './ui/toasts.tsx'

const loadShop = () => import('./areas/shop/shop-area.tsx')
const loadOffice = () => import('./areas/office/office-area.tsx')
const ShopArea = lazy(loadShop)
const OfficeArea = lazy(loadOffice)
const SetupArea = lazy(() => import('./areas/setup/setup-area.tsx'))

/** Fetches what this address will need while the language is still on its way. */
export function preload(path: string): void {
  void queryClient.prefetchQuery(shopInfoQuery)
  void (path.startsWith('/office') ? loadOffice() : loadShop())
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter>
        <OfflineBar />
        <CrashBoundary>
          <Suspense fallback={<PageLoading />}>
            <Areas />
          </Suspense>
        </CrashBoundary>
        <Toasts />
      </BrowserRouter>
    </QueryClientProvider>
  )
}

/** A shop that nobody set up yet shows only its first-run page. */
function Areas() {
  const shop = useShopInfoQuery()
  if (shop.isPending) return <PageLoading />
  if (!shop.data) return <ErrorState error={shop.error} onRetry={() => void shop.refetch()} />
  if (shop.data.setup_needed) {
    return (
      <Routes>
        <Route path="/setup" element={<SetupArea />} />
        <Route path="*" element={<Navigate to="/setup" replace />} />
      </Routes>
    )
  }
  return (
    <Routes>
      <Route path="/setup" element={<Navigate to="/office" replace />} />
      <Route path="/office/*" element={<RequireRole role="clerk" children={<OfficeArea />} />} />
      <Route path="/*" element={<ShopArea />} />
    </Routes>
  )
}
