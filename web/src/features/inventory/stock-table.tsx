// Owns the staff's table of products with their three numbers.
import { Alert, Button, Grid, type TableProps, Tag } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem, StockStatus } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { VirtualTable } from '../../ui/office/virtual-table.tsx'
import { Picture } from '../../ui/picture.tsx'
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
  if (products.error) {
    return (
      <Alert
        type="error"
        title={products.error.message}
        action={<Button onClick={products.retry}>{t('actions.retry')}</Button>}
      />
    )
  }
  return (
    <VirtualTable<InventoryItem>
      list={products}
      idOf={(product) => product.product_id}
      rowHeight={wide ? 57 : 76}
      {...(wide && { scroll: { x: 1000 } })}
      // Nothing is known yet: that isn't nothing.
      locale={{ emptyText: products.loading ? <div className={styles.waiting} /> : empty }}
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

function useColumns(wide: boolean): NonNullable<TableProps<InventoryItem>['columns']> {
  const { t } = useTranslation()
  const { number } = useFormat()
  return [
    {
      title: t('office.product'),
      key: 'product',
      render: (_, product) => <Product product={product} withStatus={!wide} />,
    },
    { title: t('product.sku'), dataIndex: 'sku', width: 120, responsive: ['md'] },
    {
      title: t('office.category'),
      key: 'category',
      responsive: ['md'],
      width: 120,
      render: (_, product) => termName(product.category),
    },
    inlineColumn(t('office.price'), 'price_cents', 110),
    {
      title: t('office.onHand'),
      key: 'on_hand',
      responsive: ['md'],
      align: 'right',
      width: 90,
      render: (_, product) => number(product.on_hand ?? 0),
    },
    {
      title: t('office.reserved'),
      key: 'reserved',
      responsive: ['md'],
      align: 'right',
      width: 90,
      render: (_, product) => number(product.reserved ?? 0),
    },
    {
      title: t('office.available'),
      key: 'available',
      align: 'right',
      width: 90,
      render: (_, product) => <Available product={product} />,
    },
    inlineColumn(t('office.threshold'), 'low_stock_threshold', 100),
    {
      title: t('office.stockStatus'),
      key: 'status',
      responsive: ['md'],
      width: 110,
      render: (_, product) => <Status product={product} />,
    },
  ]
}

/** Pressed, the number is changed and the row isn't opened. */
function inlineColumn(title: string, field: InlineField, width: number) {
  return {
    title,
    key: field,
    responsive: ['md' as const],
    align: 'right' as const,
    width,
    onCell: () => ({ onClick: (event: MouseEvent) => event.stopPropagation() }),
    render: (_: unknown, product: InventoryItem) => <InlineCell product={product} field={field} />,
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
