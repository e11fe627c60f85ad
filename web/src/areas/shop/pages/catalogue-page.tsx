// Owns the shop's front page: finding products by search, category, price, stock and order.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { INVENTORY_SORTS_FOR_CUSTOMERS } from '../../../features/inventory/sorts.ts'
import { SearchField } from '../../../features/inventory/search-field.tsx'
import {
  exactProduct,
  fetchProducts,
  useCategories,
  useProducts,
} from '../../../features/inventory/queries.ts'
import { termName } from '../../../features/inventory/terms.ts'
import { useDocumentTitle } from '../../../lib/document-title.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Chips } from '../../../ui/chips.tsx'
import { CatalogueFilters, useNarrowing } from './catalogue-filters.tsx'
import styles from './catalogue-page.module.css'
import { ProductGrid } from './product-grid.tsx'

export function CataloguePage() {
  const { t } = useTranslation()
  useDocumentTitle('')
  const filters = useUrlFilters()
  const search = filters.get('q')
  const category = filters.get('category')
  const sort = filters.oneOf('sort', INVENTORY_SORTS_FOR_CUSTOMERS) ?? 'name'
  const categories = useCategories()
  const narrowing = useNarrowing(filters)
  const products = useProducts({ search, category, sort, ...narrowing.query })
  const navigate = useNavigate()
  const openByCode = useOpenByCode()
  const isNarrowed = search !== '' || category !== '' || narrowing.count > 0

  return (
    <>
      {!isNarrowed ? <Welcome /> : <h1 className="visually-hidden">{t('catalogue.products')}</h1>}
      <div className={styles.tools}>
        <SearchField
          label={t('catalogue.search')}
          value={search}
          onSearch={(q) => {
            filters.set({ q })
            void openByCode(q)
          }}
          onCategory={(chosen) => filters.set({ q: null, category: chosen })}
          onProduct={(id) => void navigate(`/products/${id}`)}
        />
        <select
          className={styles.sort}
          aria-label={t('catalogue.sort')}
          value={sort}
          onChange={(event) =>
            filters.set({ sort: event.target.value === 'name' ? null : event.target.value })
          }
        >
          {INVENTORY_SORTS_FOR_CUSTOMERS.map((value) => (
            <option key={value} value={value}>
              {t(`catalogue.sorts.${value}`)}
            </option>
          ))}
        </select>
        <CatalogueFilters filters={filters} narrowing={narrowing} />
      </div>
      <Chips
        label={t('catalogue.categories')}
        choices={[
          { value: '', label: t('catalogue.all') },
          // What has no category is found under all.
          ...(categories.data ?? [])
            .filter(({ category: value }) => value !== '')
            .map(({ category: value }) => ({ value, label: termName(value) })),
        ]}
        value={category}
        onChange={(value) => filters.set({ category: value })}
      />
      <ProductGrid
        products={products}
        onReset={
          isNarrowed
            ? () => filters.set({ q: null, category: null, min: null, max: null, stock: null })
            : undefined
        }
      />
    </>
  )
}

/** A barcode that was scanned or typed whole leads to its product. */
function useOpenByCode() {
  const navigate = useNavigate()
  return async (text: string) => {
    if (!/^\d{8,14}$/.test(text)) return
    const found = await fetchProducts(text).catch(() => [])
    const product = exactProduct(found, text)
    if (product) void navigate(`/products/${product.product_id}`)
  }
}

function Welcome() {
  const { t } = useTranslation()
  const { shop_name: shop } = useShopInfo()
  return (
    <section className={styles.welcome}>
      <h1>{t('catalogue.welcome', { shop })}</h1>
      <p>{t('catalogue.welcomeText')}</p>
    </section>
  )
}
