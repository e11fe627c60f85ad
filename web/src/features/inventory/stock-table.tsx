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
}

export function StockTable({ products, onOpen, empty }: StockTableProps) {
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
        rowKey="product_id"
        size="middle"
        {...(wide && { scroll: { x: 900 } })}
        pagination={false}
        loading={products.loading || products.stale}
        dataSource={products.items}
        locale={{ emptyText: empty }}
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
                <button type="button" className={styles.name}>
                  {productName(product)}
                </button>
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
            width: 110,
            render: (_, { stock_status: status }) => (
              <Tag color={colours[status]}>{t(`stock.status.${status}`)}</Tag>
            ),
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

function Available({ product }: { product: InventoryItem }) {
  const { number } = useFormat()
  const available = product.quantity ?? 0
  return <span className={available <= 0 ? styles.none : undefined}>{number(available)}</span>
}
