// Owns how a product's price changed: a line to see it at once, a table to read it.
import { Button, Empty, Skeleton, Table } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem, PriceChange } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { PriceChart } from './price-chart.tsx'
import { usePriceChanges } from './editor-queries.ts'
import { UserName } from './user-name.tsx'

export function PriceHistory({ product }: { product: InventoryItem }) {
  const { t } = useTranslation()
  const { money, dateTime } = useFormat()
  const changes = usePriceChanges(product.product_id)
  if (changes.loading) return <Skeleton active paragraph={{ rows: 2 }} />
  if (changes.error) return <LoadFailure error={changes.error} onRetry={changes.retry} />
  if (changes.items.length === 0) {
    return <Empty description={t('editor.pricesNone')} />
  }
  return (
    <>
      <PriceChart changes={changes.items} />
      <Table<PriceChange>
        style={{ marginTop: 'var(--space-3)' }}
        size="small"
        rowKey={({ changed_at, from_cents, to_cents }) => `${changed_at} ${from_cents} ${to_cents}`}
        dataSource={changes.items}
        pagination={{ pageSize: 5, hideOnSinglePage: true, simple: true }}
        columns={[
          {
            title: t('editor.pricesWhen'),
            key: 'when',
            render: (_, { changed_at: at }) => dateTime(at),
          },
          {
            title: t('office.price'),
            key: 'price',
            render: (_, { from_cents: from, to_cents: to }) => (
              <>
                <del style={{ color: 'var(--color-ink-soft)' }}>{money(from)}</del>{' '}
                <span aria-hidden="true">→</span> <strong>{money(to)}</strong>
              </>
            ),
          },
          {
            title: t('editor.pricesWho'),
            key: 'who',
            onHeaderCell: () => ({ style: { whiteSpace: 'nowrap' } }),
            onCell: () => ({ style: { whiteSpace: 'nowrap' } }),
            render: (_, { changed_by: userId }) =>
              userId === null ? '—' : <UserName userId={userId} />,
          },
        ]}
      />
      {changes.hasMore && (
        <Button loading={changes.loadingMore} onClick={changes.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </>
  )
}
