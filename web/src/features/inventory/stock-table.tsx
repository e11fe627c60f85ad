// Owns the staff's table of products with their three numbers.
import { Alert, Button, Grid, Table, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem, StockStatus } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { Picture } from '../../ui/picture.tsx'
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
  const { money, number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
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
    <>
      <Table<InventoryItem>
        className={styles.table ?? ''}
        rowKey="product_id"
        size="middle"
        {...(wide && { scroll: { x: 900 } })}
        pagination={false}
        loading={products.loading || products.stale}
        dataSource={products.items}
        // Nothing is known yet: that isn't nothing.
        locale={{ emptyText: products.loading ? <div className={styles.waiting} /> : empty }}
        rowSelection={{
          selectedRowKeys: [...selected],
          // A page or a filter further, what was selected before stays so.
          preserveSelectedRowKeys: true,
          onChange: (keys) => onSelect(keys.map(Number)),
          columnWidth: 44,
          // Beside the box is still meant for the box, not for the row.
          onCell: () => ({ onClick: (event) => event.stopPropagation() }),
          getTitleCheckboxProps: () => ({ 'aria-label': t('labels.selectAll') }),
          getCheckboxProps: (product) => ({
            'aria-label': t('labels.selectProduct', { name: productName(product) }),
          }),
        }}
        onRow={({ product_id: id }) => ({
          onClick: () => onOpen(id),
          style: { cursor: 'pointer' },
        })}
        columns={[
          {
            title: t('office.product'),
            key: 'product',
            render: (_, product) => (
              <span className={styles.product}>
                <span className={styles.picture}>
                  <Picture src={product.image_url} />
                </span>
                <span>
                  <button type="button" className={styles.name}>
                    {productName(product)}
                  </button>
                  {!wide && (
                    <span className={styles.status}>
                      <Status product={product} />
                    </span>
                  )}
                </span>
              </span>
            ),
          },
          { title: t('product.sku'), dataIndex: 'sku', width: 120, responsive: ['md'] },
          {
            title: t('office.category'),
            key: 'category',
            responsive: ['md'],
            width: 120,
            render: (_, product) => termName(product.category),
          },
          {
            title: t('office.price'),
            key: 'price',
            responsive: ['md'],
            align: 'right',
            width: 100,
            render: (_, product) => money(product.price_cents),
          },
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
          {
            title: t('office.stockStatus'),
            key: 'status',
            responsive: ['md'],
            width: 110,
            render: (_, product) => <Status product={product} />,
          },
        ]}
      />
      {products.hasMore && (
        <p className={styles.more}>
          <Button loading={products.loadingMore} onClick={products.loadMore}>
            {t('actions.loadMore')}
          </Button>
        </p>
      )}
    </>
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
