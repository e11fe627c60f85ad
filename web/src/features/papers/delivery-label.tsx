// Owns the delivery label of one order, 100 × 150 mm: recipient and phone large, the order's number in bars.
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { OrderCode } from './order-code.tsx'
import styles from './papers.module.css'

export function DeliveryLabel({ order }: { order: Order }) {
  const { t } = useTranslation()
  const shop = useShopInfo()
  const units = order.items.reduce((sum, line) => sum + line.quantity, 0)
  const isPickup = order.fulfilment === 'pickup'
  const address = isPickup ? t('paper.pickup') : (order.address ?? t('paper.noAddress'))
  return (
    <article className={styles.label}>
      <p className={styles.from}>
        {t('paper.from')} <strong>{shop.shop_name}</strong>
      </p>
      <div className={styles.to} data-long={sizeOf(`${order.recipient ?? ''}${address}`)}>
        <span>{t('paper.to')}</span>
        <p className={styles.who}>{order.recipient ?? order.username ?? ''}</p>
        {order.phone && <p className={styles.phone}>{order.phone}</p>}
        <p className={styles.address}>{address}</p>
      </div>
      {order.tracking_number && (
        <p className={styles.parcel}>
          {order.carrier} {order.tracking_number}
        </p>
      )}
      {order.note && <p className={styles.note}>{order.note}</p>}
      <p className={styles.parcel}>{t('order.units', { count: units })}</p>
      <OrderCode number={order.order_number} />
    </article>
  )
}

/** In half characters: a Chinese one is as wide as two others. */
function sizeOf(text: string): 'long' | 'very' | 'most' | undefined {
  const width = [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0)
  if (width > 400) return 'most'
  if (width > 170) return 'very'
  return width > 100 ? 'long' : undefined
}
