// Owns looking at the papers of orders and sending them to the printer, one or many.
import { PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { PrintOnly } from '../../ui/office/print-only.tsx'
import { DeliveryLabel } from './delivery-label.tsx'
import { PackingSlip } from './packing-slip.tsx'
import styles from './papers.module.css'

const PAPER = { slip: { width: 210, height: 297 }, label: { width: 100, height: 150 } } as const
const KINDS = ['slip', 'label'] as const
type Kind = (typeof KINDS)[number]

/** Beyond these the screen shows no more; all are printed. */
const MOST_SHOWN = 12

interface OrderPapersProps {
  readonly orders: readonly Order[]
  readonly skus: ReadonlyMap<number, string>
  readonly kind: Kind
  readonly onKind: (kind: Kind) => void
}

export function OrderPapers({ orders, skus, kind, onKind }: OrderPapersProps) {
  const { t } = useTranslation()
  const paperOf = (order: Order) =>
    kind === 'slip' ? <PackingSlip order={order} skus={skus} /> : <DeliveryLabel order={order} />
  const nameless = orders.filter(
    ({ recipient, phone, address }) => !recipient && !phone && !address,
  )
  return (
    <>
      <div className={styles.tools}>
        <Segmented
          aria-label={t('bulk.paperKind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`bulk.paperOf.${value}`) }))}
          onChange={onKind}
        />
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('bulk.print', { count: orders.length })}
        </Button>
        <span className={styles.hint}>{t('bulk.printHint')}</span>
      </div>
      {kind === 'label' && nameless.length > 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 'var(--space-4)' }}
          title={t('bulk.paperNoAddress', {
            numbers: nameless.map((order) => order.order_number).join(t('order.nameSeparator')),
          })}
        />
      )}
      <div className={styles.preview}>
        {orders.slice(0, MOST_SHOWN).map((order) => (
          <div key={order.order_id} className={styles.paper} tabIndex={0}>
            {paperOf(order)}
          </div>
        ))}
      </div>
      {orders.length > MOST_SHOWN && (
        <p className={styles.hint}>{t('labels.previewMore', { count: MOST_SHOWN })}</p>
      )}
      <PrintOnly {...PAPER[kind]}>
        {orders.map((order) => (
          <div key={order.order_id} className={styles.page}>
            {paperOf(order)}
          </div>
        ))}
      </PrintOnly>
    </>
  )
}
