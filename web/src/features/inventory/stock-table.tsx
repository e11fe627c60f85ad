// Owns the staff's table of products with their three numbers.
import { Grid, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem, StockStatus } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { type Column, VirtualTable } from '../../ui/office/virtual-table.tsx'
import { Picture } from '../../ui/picture.tsx'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { InlineCell } from './inline-cell.tsx'
import type { InlineField } from './inline-edit.ts'
import type { useProducts } from './queries.ts'
import styles from './stock-table.module.css'
import { termName } from './terms.ts'

const colours: Record<StockStatus, string> = {
  in_stock: 'success',
  low_stock: 'warning',
  out_of_stock: 'error',
}

interface StockTableProps {
  readonly products: ReturnType<typeof useProducts>
  readonly onOpen: (productId: number) => void
  /** Shown when there is nothing to list. */
  readonly empty: ReactNode
  readonly selected: readonly number[]
  readonly onSelect: (productIds: number[]) => void
}

export function StockTable({ products, onOpen, empty, selected, onSelect }: StockTableProps) {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  const columns = useColumns(wide)
  if (products.error) return <LoadFailure error={products.error} onRetry={products.retry} />
  return (
    <VirtualTable<InventoryItem>
      list={products}
      idOf={idOf}
      rowHeight={wide ? 65 : 76}
      minWidth={1000}
      // Nothing is known yet: that isn't nothing.
      empty={products.loading ? <div className={styles.waiting} /> : empty}
      onOpen={(product) => onOpen(product.product_id)}
      selecting={{
        selected,
        onSelect,
        allLabel: t('labels.selectAll'),
        labelOf: (product) => t('labels.selectProduct', { name: productName(product) }),
      }}
      columns={columns}
    />
  )
}

const idOf = (product: InventoryItem) => product.product_id

function useColumns(wide: boolean): readonly Column<InventoryItem>[] {
  const { t } = useTranslation()
  const { number } = useFormat()
  return [
    {
      title: t('office.product'),
      key: 'product',
      render: (product) => <Product product={product} withStatus={!wide} />,
    },
    {
      title: t('product.sku'),
      key: 'sku',
      wideOnly: true,
      width: 106,
      render: (product) => product.sku,
    },
    {
      title: t('office.category'),
      key: 'category',
      wideOnly: true,
      width: 92,
      render: (product) => termName(product.category),
    },
    inlineColumn(t('office.price'), 'price_cents', 110),
    {
      title: t('office.onHand'),
      key: 'on_hand',
      wideOnly: true,
      isFigures: true,
      width: 80,
      render: (product) => number(product.on_hand ?? 0),
    },
    {
      title: t('office.reserved'),
      key: 'reserved',
      wideOnly: true,
      isFigures: true,
      width: 86,
      render: (product) => number(product.reserved ?? 0),
    },
    {
      title: t('office.available'),
      key: 'available',
      isFigures: true,
      width: 86,
      render: (product) => <Available product={product} />,
    },
    inlineColumn(t('office.threshold'), 'low_stock_threshold', 90),
    {
      title: t('office.stockStatus'),
      key: 'status',
      wideOnly: true,
      width: 112,
      render: (product) => <Status product={product} />,
    },
  ]
}

/** Pressed, the number is changed and the row isn't opened. */
function inlineColumn(title: string, field: InlineField, width: number): Column<InventoryItem> {
  return {
    title,
    key: field,
    wideOnly: true,
    isFigures: true,
    width,
    ownPress: true,
    render: (product) => <InlineCell product={product} field={field} />,
  }
}

function Product({ product, withStatus }: { product: InventoryItem; withStatus: boolean }) {
  return (
    <span className={styles.product}>
      <span className={styles.picture}>
        <Picture src={product.image_url} />
      </span>
      <span>
        <button type="button" className={styles.name}>
          {productName(product)}
        </button>
        {withStatus && (
          <span className={styles.status}>
            <Status product={product} />
          </span>
        )}
      </span>
    </span>
  )
}

function Status({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const { active, stock_status: status } = product
  // Nobody can buy it, however much there is.
  if (!active) return <Tag>{t('office.archived')}</Tag>
  return <Tag color={colours[status]}>{t(`stock.status.${status}`)}</Tag>
}

function Available({ product }: { product: InventoryItem }) {
  const { number } = useFormat()
  const available = product.quantity ?? 0
  return <span className={available <= 0 ? styles.none : undefined}>{number(available)}</span>
}
