// Owns the customers' area: its frame and its pages.
import { Route, Routes } from 'react-router'

import { LiveNotifications } from '../../features/notifications/live-notifications.tsx'
import { useScrollPlace } from '../../lib/scroll.ts'
import { RequireRole } from '../../ui/require-role.tsx'
import { SkipLink } from '../../ui/skip-link.tsx'
import { linkFor } from './link-for.ts'
import { AccountPage } from './pages/account-page.tsx'
import { CartPage } from './pages/cart-page.tsx'
import { CataloguePage } from './pages/catalogue-page.tsx'
import { CheckoutPage } from './pages/checkout-page.tsx'
import { LoginPage } from './pages/login-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { NotificationsPage } from './pages/notifications-page.tsx'
import { OrderPage } from './pages/order-page.tsx'
import { OrdersPage } from './pages/orders-page.tsx'
import { ProductPage } from './pages/product-page.tsx'
import { RegisterPage } from './pages/register-page.tsx'
import styles from './shop-area.module.css'
import { ShopHeader } from './shop-header.tsx'
import { TabBar } from './tab-bar.tsx'

export default function ShopArea() {
  useScrollPlace()
  return (
    <div className={styles.area}>
      <SkipLink />
      <LiveNotifications linkFor={linkFor} />
      <ShopHeader />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Pages />
      </main>
      <TabBar />
    </div>
  )
}

function Pages() {
  return (
    <Routes>
      <Route index element={<CataloguePage />} />
      <Route path="products/:productId" element={<ProductPage />} />
      <Route path="cart" element={<CartPage />} />
      <Route path="checkout" element={<CheckoutPage />} />
      <Route path="login" element={<LoginPage />} />
      <Route path="register" element={<RegisterPage />} />
      <Route path="orders" element={<RequireRole role="customer" children={<OrdersPage />} />} />
      <Route
        path="orders/:orderId"
        element={<RequireRole role="customer" children={<OrderPage />} />}
      />
      <Route
        path="notifications"
        element={<RequireRole role="customer" children={<NotificationsPage />} />}
      />
      <Route path="account" element={<RequireRole role="customer" children={<AccountPage />} />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}
