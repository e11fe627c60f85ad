// Owns the numbers behind the charts, by day, product or category: for those who want them exactly.
import { Button, Grid, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SalesGrouping, SalesItem } from '../../../../src/modules/reports/schema.ts'
import { useFormat } from '../../lib/format.ts'

interface SalesTableProps {
  readonly by: SalesGrouping
  readonly items: readonly SalesItem[]
  /** What a row is about, in words. */
  readonly nameOf: (item: SalesItem) => string
  readonly onOpenProduct: (productId: number) => void
}

export function SalesTable({ by, items, nameOf, onOpenProduct }: SalesTableProps) {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const figure = (
    title: string,
    valueOf: (item: SalesItem) => string,
  ): TableColumnsType<SalesItem>[number] => ({
    title,
    key: title,
    align: 'right',
    render: (_, item) => valueOf(item),
  })
  const onWide = { responsive: ['md' as const] }
  const columns: TableColumnsType<SalesItem> = [
    {
      title: t(`sales.by.${by}`),
      key: 'name',
      render: (_, item) => {
        const { product_id: id } = item
        if (id === undefined) return nameOf(item)
        return (
          <Button type="link" style={linkStyle} onClick={() => onOpenProduct(id)}>
            {nameOf(item)}
          </Button>
        )
      },
    },
    ...(by === 'category'
      ? []
      : [{ ...figure(t('sales.orders'), ({ orders }) => number(orders ?? 0)), width: 80 }]),
    { ...figure(t('sales.units'), ({ units }) => number(units)), ...(by !== 'category' && onWide) },
    figure(t('sales.revenue'), (item) => money(item.revenue_cents)),
    { ...figure(t('sales.refunded'), (item) => money(item.refunded_cents)), ...onWide },
    {
      ...figure(t('sales.net'), (item) => money(item.revenue_cents - item.refunded_cents)),
      ...onWide,
    },
  ]
  return (
    <Table<SalesItem>
      rowKey={(item) => item.day ?? item.product_id ?? item.category ?? ''}
      size={wide ? 'middle' : 'small'}
      dataSource={items}
      columns={columns}
      pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true, simple: !wide }}
    />
  )
}

const linkStyle = { height: 'auto', padding: 0, textAlign: 'left', whiteSpace: 'normal' } as const
