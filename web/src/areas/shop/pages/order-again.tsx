// Owns ordering the same again: its lines go into the cart, which says what changed since.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Order } from '../../../../../src/modules/orders/schema.ts'
import { addLines } from '../../../features/cart/cart-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

export function OrderAgain({ order, size }: { order: Order; size?: 'sm' }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const again = () => {
    addLines(
      order.items.map(({ product_id, quantity, unit_price_cents }) => ({
        product_id,
        quantity,
        seen_price_cents: unit_price_cents,
      })),
    )
    void navigate('/cart')
  }
  return (
    <Button onClick={again} {...(size && { size })}>
      <Icon name="again" size={18} />
      {t('order.again')}
    </Button>
  )
}
