// Owns the packing slip of one order, on A4: what goes into the parcel, and to whom. No prices: it may be a present.
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { OrderCode } from './order-code.tsx'
import styles from './papers.module.css'

interface PackingSlipProps {
  readonly order: Order
  readonly skus: ReadonlyMap<number, string>
}

export function PackingSlip({ order, skus }: PackingSlipProps) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const facts = useFacts(order)
  const shop = useShopInfo()
  const units = order.items.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <article className={styles.slip}>
      <header>
        <div>
          <strong>{shop.shop_name}</strong>
          <h2>{t('paper.slipTitle')}</h2>
        </div>
        <OrderCode number={order.order_number} />
      </header>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table>
        <thead>
          <tr>
            <th />
            <th>{t('paper.sku')}</th>
            <th>{t('office.product')}</th>
            <th className={styles.number}>{t('paper.quantity')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((line) => (
            <tr key={line.product_id}>
              <td className={styles.box}>
                <span />
              </td>
              <td>{skus.get(line.product_id) ?? ''}</td>
              <td>{line.product_name}</td>
              <td className={styles.number}>{number(line.quantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.sum}>
        {t('paper.lines', { count: order.items.length })} · {t('order.units', { count: units })}
      </p>
      {order.note && (
        <p>
          {t('order.note')}：{order.note}
        </p>
      )}
      <footer>
        <span>{t('paper.packed')} ________</span> <span>{t('paper.checked')} ________</span>
      </footer>
    </article>
  )
}

/** What isn't known isn't printed. */
function useFacts(order: Order): [string, string][] {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const facts: [string, string | null][] = [
    [t('order.placedAt'), dateTime(order.created_at)],
    [t('office.fulfilment'), t(`order.fulfilment.${order.fulfilment}`)],
    [t('order.recipient'), order.recipient ?? order.username],
    [t('order.phone'), order.phone],
    [t('order.address'), order.address],
    [t('order.carrier'), order.carrier],
    [t('order.tracking'), order.tracking_number],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
}
