// Owns what the cart points out before ordering: other prices, too few, no longer sold; one tap mends each.
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { CheckedCart } from './cart-rules.ts'
import { acceptPrices, setQuantity } from './cart-store.ts'

export function CartNotices({ cart }: { cart: CheckedCart }) {
  const { t } = useTranslation()
  const repriced = cart.lines.filter((line) => line.formerPriceCents !== null)
  const short = cart.lines.filter((line) => line.problem !== null)
  const accept = () =>
    acceptPrices(new Map(repriced.map(({ product }) => [product.product_id, product.price_cents])))
  const fix = () => {
    for (const { line, available } of short) {
      setQuantity(line.product_id, Math.max(available ?? line.quantity, 0))
    }
  }
  const removeGone = () => cart.gone.forEach((productId) => setQuantity(productId, 0))
  return (
    <>
      {cart.gone.length > 0 && (
        <Notice tone="warn">
          {t('cart.gone', { count: cart.gone.length })}
          <Button size="sm" onClick={removeGone}>
            {t('cart.removeGone')}
          </Button>
        </Notice>
      )}
      {short.length > 0 && (
        <Notice tone="warn">
          {t('cart.short', { count: short.length })}
          <Button size="sm" onClick={fix}>
            {t('cart.setToLeft')}
          </Button>
        </Notice>
      )}
      {repriced.length > 0 && (
        <Notice tone="info">
          {t('cart.repriced', { count: repriced.length })}
          <Button size="sm" onClick={accept}>
            {t('cart.acceptPrices')}
          </Button>
        </Notice>
      )}
    </>
  )
}
