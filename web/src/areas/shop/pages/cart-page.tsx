// Owns the cart's page: what is in it, what changed meanwhile, and on to the checkout.
import { useTranslation } from 'react-i18next'

import { CartLines } from '../../../features/cart/cart-lines.tsx'
import { CartNotices } from '../../../features/cart/cart-notices.tsx'
import { useFormat } from '../../../lib/format.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SkeletonList } from '../../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import styles from './cart-page.module.css'
import { useCheckedCart } from './use-checked-cart.ts'

export function CartPage() {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { cart, empty, loading, error, retry } = useCheckedCart()
  return (
    <div className={styles.page}>
      <PageHeader title={t('cart.title')} />
      {empty ? (
        <EmptyState icon="cart" title={t('cart.empty')} text={t('cart.emptyText')}>
          <LinkButton to="/" tone="primary">
            {t('cart.browse')}
          </LinkButton>
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : loading ? (
        <SkeletonList count={3} height={88} />
      ) : (
        <div className={styles.columns}>
          <div className={styles.lines}>
            <CartNotices cart={cart} />
            <Card>
              <CartLines lines={cart.lines} />
            </Card>
          </div>
          <div className={styles.sum}>
            <p className={styles.total}>
              <span>{t('order.units', { count: cart.units })}</span>
              <strong>{money(cart.totalCents)}</strong>
            </p>
            {cart.orderable ? (
              <LinkButton to="/checkout" tone="primary" size="lg" wide>
                {t('cart.checkout')}
              </LinkButton>
            ) : (
              <Button tone="primary" size="lg" wide disabled>
                {t('cart.checkout')}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
