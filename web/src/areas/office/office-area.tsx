// Owns the staff's area: its frame and its pages.
import { App as AntApp } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Routes } from 'react-router'

import { LiveNotifications } from '../../features/notifications/live-notifications.tsx'
import { currentLanguage } from '../../lib/i18n.ts'
import { OfficeLook } from '../../ui/office/office-look.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { RequireRole } from '../../ui/require-role.tsx'
import { linkFor } from './link-for.ts'
import { OfficeFrame } from './office-frame.tsx'
import { BoardPage } from './pages/board-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { TodayPage } from './pages/today-page.tsx'

// What only some pages need (tables, calendars) isn't waited for on the board.
const AuditPage = lazily(async () => (await import('./pages/audit-page.tsx')).AuditPage)
const BackupsPage = lazily(async () => (await import('./pages/backups-page.tsx')).BackupsPage)
const CustomersPage = lazily(async () => (await import('./pages/customers-page.tsx')).CustomersPage)
const ImportPage = lazily(async () => (await import('./pages/import-page.tsx')).ImportPage)
const LabelsPage = lazily(async () => (await import('./pages/labels-page.tsx')).LabelsPage)
const NewOrderPage = lazily(async () => (await import('./pages/new-order-page.tsx')).NewOrderPage)
const NotificationsPage = lazily(
  async () => (await import('./pages/notifications-page.tsx')).NotificationsPage,
)
const CountPage = lazily(async () => (await import('./pages/count-page.tsx')).CountPage)
const CountsPage = lazily(async () => (await import('./pages/counts-page.tsx')).CountsPage)
const OrderPapersPage = lazily(
  async () => (await import('./pages/order-papers-page.tsx')).OrderPapersPage,
)
const ReceivePage = lazily(async () => (await import('./pages/receive-page.tsx')).ReceivePage)
const OrdersPage = lazily(async () => (await import('./pages/orders-page.tsx')).OrdersPage)
const PeoplePage = lazily(async () => (await import('./pages/people-page.tsx')).PeoplePage)
const SalesPage = lazily(async () => (await import('./pages/sales-page.tsx')).SalesPage)
const SettingsPage = lazily(async () => (await import('./pages/settings-page.tsx')).SettingsPage)
const StockPage = lazily(async () => (await import('./pages/stock-page.tsx')).StockPage)
const SystemPage = lazily(async () => (await import('./pages/system-page.tsx')).SystemPage)
const WebhooksPage = lazily(async () => (await import('./pages/webhooks-page.tsx')).WebhooksPage)

export default function OfficeArea() {
  useTranslation() // the calendar's words follow the page's language
  const language = currentLanguage()
  useEffect(() => void dayjs.locale(language === 'en' ? 'en' : 'zh-cn'), [language])
  return (
    <OfficeLook>
      <AntApp component={false}>
        <LiveNotifications linkFor={linkFor} />
        <OfficeFrame>
          <Suspense fallback={<PageLoading />}>
            <Pages />
          </Suspense>
        </OfficeFrame>
      </AntApp>
    </OfficeLook>
  )
}

function Pages() {
  return (
    <Routes>
      <Route index element={<TodayPage />} />
      <Route path="board" element={<BoardPage />} />
      <Route path="orders" element={<OrdersPage />} />
      <Route path="orders/new" element={<NewOrderPage />} />
      <Route path="orders/print" element={<OrderPapersPage />} />
      <Route path="stock" element={<StockPage />} />
      <Route
        path="stock/import"
        element={<RequireRole role="manager" children={<ImportPage />} />}
      />
      <Route path="stock/labels" element={<LabelsPage />} />
      <Route path="stock/receive" element={<ReceivePage />} />
      <Route path="stock/counts" element={<CountsPage />} />
      <Route path="stock/counts/:countId" element={<CountPage />} />
      <Route path="notifications" element={<NotificationsPage />} />
      <Route path="customers" element={<CustomersPage />} />
      <Route path="staff" element={<RequireRole role="manager" children={<PeoplePage />} />} />
      <Route path="sales" element={<RequireRole role="manager" children={<SalesPage />} />} />
      <Route path="system" element={<RequireRole role="owner" children={<SystemPage />} />} />
      <Route path="backups" element={<RequireRole role="owner" children={<BackupsPage />} />} />
      <Route path="audit" element={<RequireRole role="owner" children={<AuditPage />} />} />
      <Route path="webhooks" element={<RequireRole role="owner" children={<WebhooksPage />} />} />
      <Route path="settings" element={<RequireRole role="owner" children={<SettingsPage />} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}

function lazily(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }))
}
