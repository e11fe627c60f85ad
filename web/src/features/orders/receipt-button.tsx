// Owns printing an order's receipt, for the 80 mm roll that stands at a counter.
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
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
  return (
    <Receipt
      logo={shop.logo_url}
      shopName={shop.shop_name}
      facts={[
        [t('office.orderNumber'), order.order_number],
        [t('order.placedAt'), dateTime(order.created_at)],
        [t('office.payment'), t(`order.payment.${order.payment_status}`)],
        [t('office.fulfilment'), t(`order.fulfilment.${order.fulfilment}`)],
      ]}
      lines={order.items.map((line) => ({
        key: line.product_id,
        name: line.product_name,
        quantity: line.quantity,
        price: money(line.unit_price_cents),
        sum: money(line.unit_price_cents * line.quantity),
      }))}
      total={money(order.total_cents)}
      words={shop.receipt_text}
    />
  )
}
