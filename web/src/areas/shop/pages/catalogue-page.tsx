// Owns the shop's front page: finding products by search, category and order.
import { useTranslation } from 'react-i18next'

import { INVENTORY_SORTS_FOR_CUSTOMERS } from '../../../features/inventory/sorts.ts'
import { useCategories, useProducts } from '../../../features/inventory/queries.ts'
import { termName } from '../../../features/inventory/terms.ts'
import { useDocumentTitle } from '../../../lib/document-title.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { Chips } from '../../../ui/chips.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
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
  const products = useProducts({ search, category, sort })

  return (
    <>
      {search === '' && category === '' ? (
        <Welcome />
      ) : (
        <h1 className="visually-hidden">{t('catalogue.products')}</h1>
      )}
      <div className={styles.tools}>
        <SearchBox
          label={t('catalogue.search')}
          value={search}
          onSearch={(q) => filters.set({ q }, search !== '')}
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
      </div>
      <Chips
        label={t('catalogue.categories')}
        choices={[
          { value: '', label: t('catalogue.all') },
          ...(categories.data ?? []).map(({ category: value }) => ({
            value,
            label: termName(value),
          })),
        ]}
        value={category}
        onChange={(value) => filters.set({ category: value })}
      />
      <ProductGrid
        products={products}
        onReset={
          search !== '' || category !== ''
            ? () => filters.set({ q: null, category: null })
            : undefined
        }
      />
    </>
  )
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
