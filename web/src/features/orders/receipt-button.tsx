// Owns printing an order's receipt, for the 80 mm roll that stands at a counter.
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { CounterSale } from '../../../../src/modules/counter/schema.ts'
import type { Order } from '../../../../src/modules/orders/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { useFormat } from '../../lib/format.ts'
import type { Bars } from '../../lib/office/bars.ts'
import { keys } from '../../lib/query-keys.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { PrintOnly } from '../../ui/office/print-only.tsx'
import { Receipt } from '../../ui/office/receipt.tsx'

const ROLL_WIDTH = 80

/** Nothing is sold by a cancelled order. */
export function ReceiptButton({ order }: { order: Order }) {
  const { t } = useTranslation()
  if (order.status === 'cancelled') return null
  return (
    <>
      <div>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('office.printReceipt')}
        </Button>
      </div>
      <PrintOnly width={ROLL_WIDTH}>
        <OrderReceipt order={order} />
      </PrintOnly>
    </>
  )
}

function OrderReceipt({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const shop = useShopInfo()
  const sale = useCounterSale(order)
  const bars = useBars(order.order_number)
  const gross = order.items.reduce((sum, line) => sum + line.unit_price_cents * line.quantity, 0)
  const off = gross - order.total_cents
  return (
    <Receipt
      logo={shop.logo_url}
      shopName={shop.shop_name}
      facts={[
        [t('office.orderNumber'), order.order_number],
        [t('order.placedAt'), dateTime(order.created_at)],
        [t('office.payment'), t(`order.payment.${order.payment_status}`)],
        sale
          ? [t('counter.receipt.seller'), sale.seller]
          : [t('office.fulfilment'), t(`order.fulfilment.${order.fulfilment}`)],
      ]}
      lines={order.items.map((line) => ({
        key: line.product_id,
        name: line.product_name,
        quantity: line.quantity,
        price: money(line.unit_price_cents),
        sum: money(line.unit_price_cents * line.quantity),
      }))}
      before={off > 0 ? [[t('counter.receipt.discount'), `−${money(off)}`]] : []}
      total={money(order.total_cents)}
      after={(sale?.tenders ?? []).map(({ tender, amount_cents }) => [
        t(`counter.tenders.${tender}`),
        money(amount_cents),
      ])}
      bars={bars && { bars, text: order.order_number }}
      words={shop.receipt_text}
    />
  )
}

/** How it was paid at the counter; null for other orders, and until it is known. */
function useCounterSale({ order_id, channel }: Order): CounterSale | null {
  const sale = useQuery({
    queryKey: keys.counterSale(order_id),
    queryFn: async () => {
      const { items } = await api.get<Page<CounterSale>>('/counter/sales', { order_id })
      return items[0] ?? null
    },
    enabled: channel === 'counter',
    staleTime: Infinity,
  })
  return sale.data ?? null
}

/** What draws bars isn't waited for by those who only look at orders. */
function useBars(text: string): Bars | null {
  const [bars, setBars] = useState<Bars | null>(null)
  useEffect(() => {
    let isGone = false
    void import('../../lib/office/bars.ts').then(({ barsOf }) => {
      if (!isGone) setBars(barsOf({ format: 'CODE128', text }))
    })
    return () => {
      isGone = true
    }
  }, [text])
  return bars
}
