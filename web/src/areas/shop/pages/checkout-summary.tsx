// Owns what is about to be ordered, beside the checkout's form.
import { useTranslation } from 'react-i18next'

import type { CheckedCart } from '../../../features/cart/cart-rules.ts'
import { productName, useFormat } from '../../../lib/format.ts'
import { Card } from '../../../ui/card.tsx'
import { Picture } from '../../../ui/picture.tsx'
import styles from './checkout-page.module.css'

export function CheckoutSummary({ cart }: { cart: CheckedCart }) {
  const { t } = useTranslation()
  const { money } = useFormat()
  return (
    <Card title={t('checkout.summary')}>
      <ul>
        {cart.lines.map(({ line, product }) => (
          <li key={product.product_id} className={styles.line}>
            <Picture src={product.image_url} />
            <span className={styles.name}>{productName(product)}</span>
            <span className={styles.figures}>
              <span>× {line.quantity}</span>
              <span>{money(line.quantity * product.price_cents)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t('order.total')}</span>
        <strong>{money(cart.totalCents)}</strong>
      </p>
    </Card>
  )
}
