// Owns the checkout: who, how it reaches them, what it costs, and the order itself, on one page.
import { useTranslation } from 'react-i18next'

import { LinkButton } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonList } from '../../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import { useSession } from '../../../lib/session.ts'
import styles from './checkout-page.module.css'
import { CheckoutForm } from './checkout-form.tsx'
import { CheckoutLogin } from './checkout-login.tsx'
import { CheckoutSummary } from './checkout-summary.tsx'
import { useCheckedCart } from './use-checked-cart.ts'

export function CheckoutPage() {
  const { t } = useTranslation()
  const { user, known } = useSession()
  const { cart, empty, loading, error, retry } = useCheckedCart()
  return (
    <div className={styles.page}>
      <PageHeader title={t('checkout.title')} back={{ to: '/cart', label: t('cart.title') }} />
      {empty ? (
        <EmptyState icon="cart" title={t('cart.empty')} text={t('cart.emptyText')}>
          <LinkButton to="/" tone="primary">
            {t('cart.browse')}
          </LinkButton>
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : loading || !known ? (
        <SkeletonList count={3} height={120} />
      ) : (
        <div className={styles.columns}>
          {user ? <CheckoutForm cart={cart} user={user} /> : <CheckoutLogin />}
          <CheckoutSummary cart={cart} />
        </div>
      )}
    </div>
  )
}
