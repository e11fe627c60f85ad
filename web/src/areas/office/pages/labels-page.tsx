// Owns the page of barcode labels: which products, named in the address, and what is printed for them.
import { Alert, Skeleton } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { useProductsById } from '../../../features/inventory/queries.ts'
import { termName } from '../../../features/inventory/terms.ts'
import { LabelMaker } from '../../../features/labels/label-maker.tsx'
import { productName, useFormat } from '../../../lib/format.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import { MOST_LABELLED } from './labels-path.ts'

export function LabelsPage() {
  const { t } = useTranslation()
  const ids = useUrlFilters().get('ids')
  const productIds = useMemo(() => idsOf(ids), [ids])
  return (
    <>
      <PageHeader
        title={t('labels.title')}
        back={{ to: '/office/stock', label: t('office.nav.stock') }}
      />
      {productIds.length === 0 ? (
        <EmptyState title={t('labels.none')} text={t('labels.noneText')}>
          <LinkButton to="/office/stock">{t('labels.toStock')}</LinkButton>
        </EmptyState>
      ) : (
        <LabelsOf key={ids} productIds={productIds} />
      )}
    </>
  )
}

function LabelsOf({ productIds }: { productIds: readonly number[] }) {
  const { t, i18n } = useTranslation()
  const { money } = useFormat()
  const { products, loading, error, retry } = useProductsById(productIds, false)
  const known = useMemo(
    () =>
      [...products.values()]
        .filter((product) => product != null)
        .map((product) => ({
          productId: product.product_id,
          name: productName(product),
          price: `${money(product.price_cents)} / ${termName(product.unit)}`,
          barcode: product.barcode,
          sku: product.sku,
        })),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- names and units follow the language
    [products, money, i18n.language],
  )
  if (loading) return <Skeleton active />
  if (error) return <ErrorState error={error} onRetry={retry} />
  const gone = productIds.length - known.length
  return (
    <>
      {gone > 0 && <Alert type="warning" showIcon title={t('labels.gone', { count: gone })} />}
      {known.length > 0 && <LabelMaker products={known} />}
    </>
  )
}

/** Addresses are typed by anybody: what isn't an id is left out. */
function idsOf(text: string): readonly number[] {
  const ids = text.split(',').map(Number)
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(
    0,
    MOST_LABELLED,
  )
}
