// Owns the lines of an order that staff are putting together.
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Empty, InputNumber, Table } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../../lib/format.ts'

export interface DraftLine {
  readonly product: InventoryItem
  readonly quantity: number
}

interface DraftLinesProps {
  readonly lines: readonly DraftLine[]
  readonly onChange: (lines: readonly DraftLine[]) => void
}

export function DraftLines({ lines, onChange }: DraftLinesProps) {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const change = (changed: DraftLine, quantity: number | null) =>
    onChange(
      lines.flatMap((line) =>
        line !== changed ? [line] : quantity === null ? [] : [{ ...line, quantity }],
      ),
    )
  return (
    <Table<DraftLine>
      rowKey={(line) => line.product.product_id}
      size="small"
      pagination={false}
      dataSource={lines}
      style={{ marginBottom: 24 }}
      locale={{
        emptyText: <Empty description={t('office.noLines')} />,
      }}
      columns={[
        {
          title: t('office.product'),
          key: 'product',
          render: (_, { product }) => productName(product),
        },
        {
          title: t('office.available'),
          key: 'available',
          responsive: ['md'],
          align: 'right',
          render: (_, { product }) => number(product.quantity ?? 0),
        },
        {
          title: t('product.quantity'),
          key: 'quantity',
          render: (_, line) => (
            <InputNumber
              aria-label={t('cart.quantityOf', { name: productName(line.product) })}
              min={1}
              max={10_000}
              precision={0}
              value={line.quantity}
              onChange={(quantity) => change(line, quantity ?? 1)}
              style={{ width: 90 }}
            />
          ),
        },
        {
          title: t('order.total'),
          key: 'sum',
          responsive: ['md'],
          align: 'right',
          render: (_, { product, quantity }) => money(product.price_cents * quantity),
        },
        {
          key: 'remove',
          title: <span className="visually-hidden">{t('office.actionsColumn')}</span>,
          width: 48,
          render: (_, line) => (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('cart.removeNamed', { name: productName(line.product) })}
              onClick={() => change(line, null)}
            />
          ),
        },
      ]}
    />
  )
}
