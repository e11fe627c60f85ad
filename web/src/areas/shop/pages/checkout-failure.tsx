// Owns what is said when an order was refused, above all when something sold out in between.
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { CheckedCart } from '../../../features/cart/cart-rules.ts'
import { setQuantity } from '../../../features/cart/cart-store.ts'
import { shortagesOf } from '../../../features/orders/shortages.ts'
import { productName } from '../../../lib/format.ts'
import { keys } from '../../../lib/query-keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'

interface CheckoutFailureProps {
  readonly error: Error | null
  readonly cart: CheckedCart
  readonly onFixed: () => void
}

export function CheckoutFailure({ error, cart, onFixed }: CheckoutFailureProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  if (!error) return null
  const shortages = shortagesOf(error)
  if (shortages.length === 0) return <Notice tone="bad">{error.message}</Notice>

  const nameOf = (productId: number) => {
    const line = cart.lines.find(({ product }) => product.product_id === productId)
    return line ? productName(line.product) : `#${productId}`
  }
  const fix = () => {
    for (const { product_id, available } of shortages) {
      setQuantity(product_id, Math.max(available, 0))
    }
    void client.invalidateQueries({ queryKey: keys.inventory })
    onFixed()
  }
  return (
    <Notice tone="bad">
      <strong>{t('checkout.soldOutMeanwhile')}</strong>
      <ul>
        {shortages.map(({ product_id, requested, available }) => (
          <li key={product_id}>
            {available > 0
              ? t('checkout.shortLine', { name: nameOf(product_id), requested, available })
              : t('checkout.goneLine', { name: nameOf(product_id) })}
          </li>
        ))}
      </ul>
      <Button onClick={fix}>{t('cart.setToLeft')}</Button>
    </Notice>
  )
}
