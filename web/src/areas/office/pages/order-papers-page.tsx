// Owns the page of packing slips and delivery labels: which orders, named in the address.
import { Alert, Skeleton } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { useProductsById } from '../../../features/inventory/queries.ts'
import { useOrdersById } from '../../../features/orders/queries.ts'
import { OrderPapers } from '../../../features/papers/order-papers.tsx'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import { MOST_PAPERS, PAPER_KINDS } from './order-papers-path.ts'

export function OrderPapersPage() {
  const { t } = useTranslation()
  const ids = useUrlFilters().get('ids')
  const orderIds = useMemo(() => idsOf(ids), [ids])
  return (
    <>
      <PageHeader
        title={t('bulk.paperTitle')}
        back={{ to: '/office/orders', label: t('office.nav.orders') }}
      />
      {orderIds.length === 0 ? (
        <EmptyState title={t('bulk.paperNone')} text={t('bulk.paperNoneText')}>
          <LinkButton to="/office/orders">{t('bulk.back')}</LinkButton>
        </EmptyState>
      ) : (
        <PapersOf key={ids} orderIds={orderIds} />
      )}
    </>
  )
}

function PapersOf({ orderIds }: { orderIds: readonly number[] }) {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const { orders, loading, error, retry } = useOrdersById(orderIds)
  const products = useMemo(
    () => [...new Set(orders.flatMap(({ items }) => items.map((line) => line.product_id)))],
    [orders],
  )
  const { products: known } = useProductsById(products, false)
  if (loading) return <Skeleton active />
  if (error) return <ErrorState error={error} onRetry={retry} />
  const gone = orderIds.length - orders.length
  const skus = new Map([...known].map(([id, product]) => [id, product?.sku ?? '']))
  return (
    <>
      {gone > 0 && <Alert type="warning" showIcon title={t('bulk.paperGone', { count: gone })} />}
      {orders.length > 0 && (
        <OrderPapers
          orders={orders}
          skus={skus}
          kind={address.oneOf('kind', PAPER_KINDS) ?? 'slip'}
          onKind={(kind) => address.set({ kind }, true)}
        />
      )}
    </>
  )
}

/** Addresses are typed by anybody: what isn't an id is left out. */
function idsOf(text: string): readonly number[] {
  const ids = text.split(',').map(Number)
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, MOST_PAPERS)
}
