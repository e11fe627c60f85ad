// Owns the grid of products, with what it shows while loading, when empty and when it failed.
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'

import { ProductCard } from '../../../features/inventory/product-card.tsx'
import type { useProducts } from '../../../features/inventory/queries.ts'
import { Button } from '../../../ui/button.tsx'
import { LoadMore } from '../../../ui/load-more.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../../ui/states.tsx'
import { addOne } from './add-one.ts'
import styles from './product-grid.module.css'

/** Pictures above the fold are fetched at once. */
const eagerPictures = 4

interface ProductGridProps {
  readonly products: ReturnType<typeof useProducts>
  /** Takes the filters away; absent when there are none. */
  readonly onReset: (() => void) | undefined
}

export function ProductGrid({ products, onReset }: ProductGridProps) {
  const { t } = useTranslation()
  // Many cards are drawn in small steps: a slow phone answers to the finger meanwhile.
  const items = useDeferredValue(products.items)
  if (products.error) return <ErrorState error={products.error} onRetry={products.retry} />
  if (products.loading || (items.length === 0 && products.items.length > 0)) return <LoadingGrid />
  if (items.length === 0) {
    return (
      <EmptyState
        icon="search"
        title={onReset ? t('catalogue.nothingFound') : t('catalogue.empty')}
        text={onReset ? t('catalogue.nothingFoundText') : t('catalogue.emptyText')}
      >
        {onReset && <Button onClick={onReset}>{t('catalogue.showAll')}</Button>}
      </EmptyState>
    )
  }
  return (
    <>
      <ul className={styles.grid} aria-busy={products.stale} aria-label={t('catalogue.products')}>
        {items.map((product, index) => (
          <li key={product.product_id}>
            <ProductCard
              product={product}
              eager={index < eagerPictures}
              heading="h2"
              onAdd={addOne}
            />
          </li>
        ))}
      </ul>
      <LoadMore
        hasMore={products.hasMore}
        loading={products.loadingMore}
        onMore={products.loadMore}
        auto
      />
    </>
  )
}

function LoadingGrid() {
  const { t } = useTranslation()
  return (
    <div className={styles.grid} role="status">
      <span className="visually-hidden">{t('states.loading')}</span>
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} height={270} />
      ))}
    </div>
  )
}
