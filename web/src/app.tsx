// Owns the whole page from the top: providers, the areas, and which of them an address belongs to.
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import './lib/back-button.ts'
import { keepToOffered, type Language, loadStaffTexts } from './lib/i18n.ts'
import { queryClient } from './lib/query-client.ts'
import { shopInfoQuery, useShopInfoQuery } from './lib/shop-info.ts'
import { applyBrand } from './lib/theme.ts'
import { CrashBoundary } from './ui/crash-boundary.tsx'
import { OfflineBar } from './ui/offline-bar.tsx'
import { PageLoading } from './ui/page-loading.tsx'
import { RequireRole } from './ui/require-role.tsx'
import { ErrorState } from './ui/states.tsx'
import { Toasts } from './ui/toasts.tsx'

const loadShop = () => import('./areas/shop/shop-area.tsx')
const loadGate = async () => {
  const { StaffGate: gate } = await import('./features/account/staff-gate.tsx')
  return { default: gate }
}
const loadOffice = async () => {
  const area = import('./areas/office/office-area.tsx')
  await Promise.all([area, loadGate(), loadStaffTexts()])
  return area
}
const loadCounter = async () => {
  const area = import('./areas/counter/counter-area.tsx')
  await Promise.all([area, loadGate(), loadStaffTexts()])
  return area
}
const StaffGate = lazy(loadGate)
const ShopArea = lazy(loadShop)
const OfficeArea = lazy(loadOffice)
const CounterArea = lazy(loadCounter)
const SetupArea = lazy(() => import('./areas/setup/setup-area.tsx'))

/** Fetches what this address will need while the texts are still on their way; tells the shop's languages. */
export async function preload(path: string): Promise<readonly Language[] | null> {
  void (path.startsWith('/office')
    ? loadOffice()
    : path.startsWith('/counter')
      ? loadCounter()
      : loadShop())
  const shop = await queryClient.fetchQuery(shopInfoQuery).catch(() => null)
  // Nothing is drawn yet: no page is seen in another colour first.
  if (shop) applyBrand(shop.brand_color)
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

function ForStaff({ children }: { children: ReactNode }) {
  return (
    <RequireRole role="clerk">
      <StaffGate>{children}</StaffGate>
    </RequireRole>
  )
}

/** A shop that nobody set up yet shows only its first-run page. */
function Areas() {
  const shop = useShopInfoQuery()
  const languages = shop.data?.languages
  useEffect(() => {
    if (languages) void keepToOffered(languages)
  }, [languages])
  const brand = shop.data?.brand_color
  useEffect(() => {
    if (brand !== undefined) applyBrand(brand)
  }, [brand])
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
      <Route path="/counter" element={<ForStaff children={<CounterArea />} />} />
      <Route path="/office/*" element={<ForStaff children={<OfficeArea />} />} />
      <Route path="/*" element={<ShopArea />} />
    </Routes>
  )
}
