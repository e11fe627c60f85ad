// Owns the customers' pages that no visit begins with: they are fetched as one piece, after the first view.
import { Route, Routes } from 'react-router'

import { RequireRole } from '../../../ui/require-role.tsx'
import { AccountPage } from './account-page.tsx'
import { CartPage } from './cart-page.tsx'
import { CheckoutPage } from './checkout-page.tsx'
import { ForgotPasswordPage } from './forgot-password-page.tsx'
import { LoginPage } from './login-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { NotificationsPage } from './notifications-page.tsx'
import { OrderPage } from './order-page.tsx'
import { OrdersPage } from './orders-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ResetPasswordPage } from './reset-password-page.tsx'

export default function MorePages() {
  return (
    <Routes>
      <Route path="cart" element={<CartPage />} />
      <Route path="checkout" element={<CheckoutPage />} />
      <Route path="login" element={<LoginPage />} />
      <Route path="forgot-password" element={<ForgotPasswordPage />} />
      <Route path="reset-password" element={<ResetPasswordPage />} />
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
