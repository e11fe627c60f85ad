// Owns the paper of a sale: on the roll or on A4, with the order's number in bars once the server has given it one.
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import { barsOf } from '../../lib/office/bars.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { PrintOnly } from '../../ui/office/print-only.tsx'
import { Receipt } from '../../ui/office/receipt.tsx'
import type { FinishedSale } from './sale.ts'
import styles from './sale-receipt.module.css'

export type Paper = 'roll' | 'a4'

const A4 = { width: 210, height: 297 }
const ROLL_WIDTH = 80

interface SaleReceiptProps {
  readonly sale: FinishedSale
  /** Null while the sale waits on the device. */
  readonly orderNumber: string | null
  readonly paper: Paper
}

export function SaleReceipt({ paper, ...sale }: SaleReceiptProps) {
  if (paper === 'roll') {
    return (
      <PrintOnly width={ROLL_WIDTH}>
        <SalePaper {...sale} />
      </PrintOnly>
    )
  }
  return (
    <PrintOnly width={A4.width} height={A4.height}>
      <div className={styles.a4}>
        <SalePaper {...sale} />
      </div>
    </PrintOnly>
  )
}

function SalePaper({ sale, orderNumber }: Omit<SaleReceiptProps, 'paper'>) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const shop = useShopInfo()
  const { facts, body } = sale
  const number = orderNumber ?? t('counter.receipt.waiting', { id: body.sale_id.slice(0, 8) })
  const off = facts.discount_cents
  return (
    <Receipt
      logo={shop.logo_url}
      shopName={shop.shop_name}
      facts={[
        [t('counter.receipt.number'), number],
        [t('counter.receipt.time'), dateTime(facts.taken_at)],
        [t('counter.receipt.seller'), facts.seller],
        ...(facts.customer ? [[t('office.customer'), facts.customer] as const] : []),
      ]}
      lines={facts.lines.map((line) => ({
        key: line.product_id,
        name: productName(line),
        quantity: line.quantity,
        price: money(line.unit_price_cents),
        sum: money(line.unit_price_cents * line.quantity - line.discount_cents),
        note:
          line.discount_cents > 0
            ? `${t('counter.receipt.discount')} −${money(line.discount_cents)}`
            : undefined,
      }))}
      before={
        off > 0
          ? [
              [t('counter.gross'), money(facts.gross_cents)],
              [t('counter.receipt.discount'), `−${money(off)}`],
            ]
          : []
      }
      total={money(facts.total_cents)}
      after={[
        ...facts.tenders.map(({ tender, amount_cents, received_cents }) => {
          const name = t(`counter.tenders.${tender}`)
          return received_cents === undefined || received_cents === amount_cents
            ? ([name, money(amount_cents)] as const)
            : ([`${name} ${t('counter.receipt.received')}`, money(received_cents)] as const)
        }),
        ...(facts.change_cents > 0
          ? [[t('counter.receipt.change'), money(facts.change_cents)] as const]
          : []),
      ]}
      bars={
        orderNumber === null
          ? null
          : { bars: barsOf({ format: 'CODE128', text: orderNumber }), text: orderNumber }
      }
      words={shop.receipt_text}
    />
  )
}
