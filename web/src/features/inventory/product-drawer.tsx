// Owns all about one product as staff see it: its numbers, what may be done, and its movements.
import { Alert, Button, Descriptions, Drawer, Empty, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role } from '../../../../src/lib/roles.ts'
import type { InventoryItem, MovementKind } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { useSession } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Picture } from '../../ui/picture.tsx'
import { ArchiveButton } from './archive-button.tsx'
import { useMarginText } from './margin.ts'
import { MovementModal } from './movement-modal.tsx'
import { MovementsTimeline } from './movements-timeline.tsx'
import { PriceHistory } from './price-history.tsx'
import styles from './product-drawer.module.css'
import { useProduct } from './queries.ts'
import { StockBadge } from './stock-status.tsx'
import { termName } from './terms.ts'

/** Who may enter which movement. */
const movements: readonly [MovementKind, Role][] = [
  ['receipt', 'clerk'],
  ['count', 'clerk'],
  ['adjustment', 'manager'],
  ['write_off', 'manager'],
  ['return', 'manager'],
]

interface ProductDrawerProps {
  readonly productId: number | null
  readonly onClose: () => void
  readonly onEdit: (productId: number) => void
  readonly onLabel: (productId: number) => void
  readonly orderPath: (orderId: number) => string
}

export function ProductDrawer({ productId, onClose, ...rest }: ProductDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      aria-label={t('office.productDetails')}
      open={productId !== null}
      onClose={onClose}
      size={560}
      destroyOnHidden
      closable={false}
    >
      {productId !== null && <ProductById productId={productId} onClose={onClose} {...rest} />}
    </Drawer>
  )
}

type ByIdProps = ProductDrawerProps & { readonly productId: number }

function ProductById({ productId, ...rest }: ByIdProps) {
  const { t } = useTranslation()
  const product = useProduct(productId)
  if (product.isPending) return <Skeleton active />
  if (product.data === undefined) {
    return (
      <Alert
        type="error"
        title={product.error?.message}
        action={<Button onClick={() => void product.refetch()}>{t('actions.retry')}</Button>}
      />
    )
  }
  if (product.data === null) return <Empty description={t('states.notFound')} />
  return <ProductView product={product.data} {...rest} />
}

type ViewProps = Omit<ProductDrawerProps, 'productId'> & { readonly product: InventoryItem }

function ProductView({ product, onClose, onEdit, onLabel, orderPath }: ViewProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const [entering, setEntering] = useState<MovementKind | null>(null)
  return (
    <div className={styles.product}>
      <div className={styles.head}>
        <span className={styles.picture}>
          <Picture src={product.image_url} />
        </span>
        <div className={styles.name}>
          <h2>{productName(product)}</h2>
          {product.active ? (
            <StockBadge product={product} />
          ) : (
            <Badge>{t('office.archived')}</Badge>
          )}
        </div>
        <Button onClick={onClose}>{t('actions.close')}</Button>
      </div>
      <Numbers product={product} />
      {product.active && product.on_hand === 0 && (
        <Alert
          type="info"
          showIcon
          title={t('editor.noStock')}
          action={
            <Button size="small" onClick={() => setEntering('receipt')}>
              {t('editor.receiveNow')}
            </Button>
          }
        />
      )}
      <Space wrap>
        {movements
          .filter(([, role]) => may(role))
          .map(([kind]) => (
            <Button
              key={kind}
              type={kind === 'receipt' ? 'primary' : 'default'}
              onClick={() => setEntering(kind)}
            >
              {t(`office.movement.${kind}`)}
            </Button>
          ))}
      </Space>
      <Space wrap>
        {may('manager') && (
          <Button onClick={() => onEdit(product.product_id)}>{t('office.editProduct')}</Button>
        )}
        <Button onClick={() => onLabel(product.product_id)}>{t('editor.printLabel')}</Button>
        {may('manager') && <ArchiveButton product={product} />}
      </Space>
      <Facts product={product} />
      {may('manager') && (
        <section>
          <h3>{t('editor.prices')}</h3>
          <PriceHistory product={product} />
        </section>
      )}
      <h3>{t('office.movements')}</h3>
      <MovementsTimeline productId={product.product_id} orderPath={orderPath} />
      <MovementModal product={product} kind={entering} onClose={() => setEntering(null)} />
    </div>
  )
}

function Numbers({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const numbers = [
    [t('office.onHand'), product.on_hand ?? 0],
    [t('office.reserved'), product.reserved ?? 0],
    [t('office.available'), product.quantity ?? 0],
  ] as const
  return (
    <dl className={styles.numbers}>
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const margin = useMarginText(product.price_cents, product.cost_cents)
  const facts: [string, string | null | undefined][] = [
    [t('product.sku'), product.sku],
    [t('product.barcode'), product.barcode],
    [t('office.category'), termName(product.category)],
    [t('office.price'), `${money(product.price_cents)} / ${termName(product.unit)}`],
    [
      t('office.cost'),
      product.cost_cents == null ? null : `${money(product.cost_cents)} · ${margin?.words}`,
    ],
    [t('office.threshold'), number(product.low_stock_threshold ?? 0)],
    [t('office.state'), product.active ? t('office.active') : t('office.archived')],
  ]
  return (
    <Descriptions
      column={1}
      size="small"
      bordered
      styles={{ label: { whiteSpace: 'nowrap' } }}
      items={facts
        .filter(([, value]) => value)
        .map(([label, value]) => ({ key: label, label, children: value }))}
    />
  )
}
