// Owns the stock list: what is on hand, promised and available, and what runs low.
import { Empty, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import {
  exactProduct,
  fetchProducts,
  useCategories,
  useProducts,
} from '../../../features/inventory/queries.ts'
import { StockTable } from '../../../features/inventory/stock-table.tsx'
import { termName } from '../../../features/inventory/terms.ts'
import { SavedViews } from '../../../features/views/saved-views.tsx'
import { useSession } from '../../../lib/session.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { SearchBox } from '../../../ui/search-box.tsx'
import styles from './filters.module.css'
import { SelectionBar } from './selection-bar.tsx'
import { FirstProducts, StockTools } from './stock-tools.tsx'
import { useViewFilters } from './view-filters.ts'

const statuses = ['in_stock', 'low_stock', 'out_of_stock'] as const
const filterNames = ['search', 'category', 'status', 'sort', 'archived'] as const
const sorts = ['name', 'quantity', 'newest', 'price', '-price'] as const

export function StockPage() {
  const { t } = useTranslation()
  const { may } = useSession()
  const address = useUrlFilters()
  const search = address.get('search')
  const category = address.get('category')
  const status = address.oneOf('status', statuses)
  const sort = address.oneOf('sort', sorts) ?? 'name'
  const archived = address.get('archived') === '1'
  const categories = useCategories()
  const query = {
    search,
    category,
    stock_status: status,
    sort,
    active: archived ? false : undefined,
  }
  const products = useProducts(query, true)
  const views = useViewFilters(filterNames)
  const [selected, setSelected] = useState<readonly number[]>([])
  const unfiltered = !search && !category && !status && !archived
  const add = () => address.set({ edit: 'new' })
  /** A scanned code opens its product; anything else stays a search, which tells its own failure. */
  const openExact = (text: string) =>
    fetchProducts(text).then(
      (found) => {
        const hit = exactProduct(found, text)
        if (hit) address.set({ search: text, product: String(hit.product_id) })
      },
      () => undefined,
    )
  return (
    <>
      <PageHeader title={t('office.nav.stock')}>
        {may('manager') && <StockTools shown={query} onAdd={add} />}
      </PageHeader>
      <div className={styles.filters}>
        <SavedViews page="stock" filters={views.filters} onChoose={views.choose} />
        <SearchBox
          label={t('catalogue.search')}
          value={search}
          onSearch={(value) => address.set({ search: value }, search !== '')}
          onEnter={(text) => void openExact(text)}
        />
        <Select
          aria-label={t('office.category')}
          placeholder={t('office.category')}
          allowClear
          value={category || null}
          // What has no category is found under all.
          options={(categories.data ?? [])
            .filter(({ category: value }) => value !== '')
            .map(({ category: value, products: count }) => ({
              value,
              label: `${termName(value)} (${count})`,
            }))}
          onChange={(value: string | undefined) => address.set({ category: value ?? null })}
        />
        <Select
          aria-label={t('office.stockStatus')}
          placeholder={t('office.stockStatus')}
          allowClear
          value={status ?? null}
          options={statuses.map((value) => ({ value, label: t(`stock.status.${value}`) }))}
          onChange={(value: string | undefined) => address.set({ status: value ?? null })}
        />
        <Select
          aria-label={t('catalogue.sort')}
          value={sort}
          options={sorts.map((value) => ({ value, label: t(`office.sorts.${value}`) }))}
          onChange={(value) => address.set({ sort: value === 'name' ? null : value })}
        />
        <label className={styles.switch}>
          <Switch
            size="small"
            checked={archived}
            onChange={(on) => address.set({ archived: on ? '1' : null })}
          />
          {t('office.archivedOnly')}
        </label>
      </div>
      <StockTable
        products={products}
        empty={
          <Empty description={t(unfiltered ? 'office.noProductsYet' : 'office.noProducts')}>
            {unfiltered && may('manager') && <FirstProducts onAdd={add} />}
          </Empty>
        }
        selected={selected}
        onSelect={setSelected}
        onOpen={(productId) => address.set({ product: String(productId) })}
      />
      <SelectionBar selected={selected} onClear={() => setSelected([])} />
    </>
  )
}
