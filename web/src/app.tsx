// Owns the whole page from the top: providers, the areas, and which of them an address belongs to.
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import './lib/back-button.ts'
import { keepToOffered, type Language, loadStaffTexts } from './lib/i18n.ts'
import { queryClient } from './lib/query-client.ts'
import { shopInfoQuery, useShopInfoQuery } from './lib/shop-info.ts'
import { CrashBoundary } from './ui/crash-boundary.tsx'
import { OfflineBar } from './ui/offline-bar.tsx'
import { PageLoading } from './ui/page-loading.tsx'
import { RequireRole } from './ui/require-role.tsx'
import { ErrorState } from './ui/states.tsx'
import { Toasts } from './ui/toasts.tsx'

const loadShop = () => import('./areas/shop/shop-area.tsx')
const loadOffice = async () => {
  const [area] = await Promise.all([import('./areas/office/office-area.tsx'), loadStaffTexts()])
  return area
}
const ShopArea = lazy(loadShop)
const OfficeArea = lazy(loadOffice)
const SetupArea = lazy(() => import('./areas/setup/setup-area.tsx'))

/** Fetches what this address will need while the texts are still on their way; tells the shop's languages. */
export async function preload(path: string): Promise<readonly Language[] | null> {
  void (path.startsWith('/office') ? loadOffice() : loadShop())
  const shop = await queryClient.fetchQuery(shopInfoQuery).catch(() => null)
  return shop?.languages ?? null
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
  const languages = shop.data?.languages
  useEffect(() => {
    if (languages) void keepToOffered(languages)
  }, [languages])
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
