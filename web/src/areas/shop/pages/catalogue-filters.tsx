// Owns narrowing the catalogue down: by price, and to what is there; on a phone it unfolds. All of it is in the address.
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { currencySymbol, minorDigits } from '../../../lib/format.ts'
import { useShopInfo } from '../../../lib/shop-info.ts'
import type { useUrlFilters } from '../../../lib/url-filters.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import styles from './catalogue-filters.module.css'

type UrlFilters = ReturnType<typeof useUrlFilters>

/** As in the API's bounds, in minor units. */
const dearest = 100_000_000

/** What the address says of prices and stock, as the server is asked. */
export function useNarrowing(filters: UrlFilters) {
  const digits = minorDigits(useShopInfo().currency)
  const least = cents(filters.get('min'), digits)
  const most = cents(filters.get('max'), digits)
  const inStock = filters.get('stock') === 'available'
  return {
    query: {
      ...(least !== null && { min_price_cents: least }),
      ...(most !== null && { max_price_cents: most }),
      ...(inStock && { stock_status: 'available' }),
    },
    inStock,
    count: Number(least !== null || most !== null) + Number(inStock),
  }
}

interface CatalogueFiltersProps {
  readonly filters: UrlFilters
  readonly narrowing: ReturnType<typeof useNarrowing>
}

export function CatalogueFilters({ filters, narrowing }: CatalogueFiltersProps) {
  const { t } = useTranslation()
  const panelId = useId()
  const [open, setOpen] = useState(narrowing.count > 0)
  return (
    <>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
      >
        <Icon name="filter" size={20} />
        {t('catalogue.filters')}
        {narrowing.count > 0 && (
          <>
            <span className={styles.count} aria-hidden="true">
              {narrowing.count}
            </span>
            <span className="visually-hidden">
              {t('catalogue.filterCount', { count: narrowing.count })}
            </span>
          </>
        )}
      </button>
      <div id={panelId} className={styles.panel} hidden={!open}>
        <PriceRange
          // Typed anew when the address changes otherwise.
          key={`${filters.get('min')} ${filters.get('max')}`}
          filters={filters}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={narrowing.inStock}
            onChange={(event) => filters.set({ stock: event.target.checked ? 'available' : null })}
          />
          {t('catalogue.inStockOnly')}
        </label>
        {narrowing.count > 0 && (
          <Button
            size="sm"
            tone="quiet"
            onClick={() => filters.set({ min: null, max: null, stock: null })}
          >
            {t('catalogue.clearFilters')}
          </Button>
        )}
      </div>
    </>
  )
}

function PriceRange({ filters }: { filters: UrlFilters }) {
  const { t } = useTranslation()
  const { currency } = useShopInfo()
  const digits = minorDigits(currency)
  const [min, setMin] = useState(filters.get('min'))
  const [max, setMax] = useState(filters.get('max'))
  const apply = () => {
    const [least, most] = inOrder(plain(min, digits), plain(max, digits))
    if (least !== filters.get('min') || most !== filters.get('max')) {
      filters.set({ min: least, max: most })
    }
  }
  const field = (name: 'priceFrom' | 'priceTo', value: string, type: (text: string) => void) => (
    <input
      inputMode="decimal"
      autoComplete="off"
      maxLength={12}
      aria-label={t(`catalogue.${name}`)}
      placeholder={t(`catalogue.${name}`)}
      value={value}
      onChange={(event) => type(event.target.value)}
    />
  )
  return (
    <form
      className={styles.range}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) apply()
      }}
    >
      <span aria-hidden="true">{currencySymbol(currency)}</span>
      {field('priceFrom', min, setMin)}
      <span aria-hidden="true">–</span>
      {field('priceTo', max, setMax)}
      <Button type="submit" size="sm">
        {t('catalogue.apply')}
      </Button>
    </form>
  )
}

/** Null for what isn't a price; addresses are typed by anybody. */
function cents(text: string, digits: number): number | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return null
  return Math.min(Math.round(Number(text) * 10 ** digits), dearest)
}

/** As the address has it: digits and a point, or nothing. */
function plain(text: string, digits: number): string {
  const value = cents(text.normalize('NFKC').replaceAll(/[^\d.]/g, ''), digits)
  return value === null ? '' : String(value / 10 ** digits)
}

/** Whoever types them the wrong way round means the same. */
function inOrder(min: string, max: string): readonly [string, string] {
  return min !== '' && max !== '' && Number(min) > Number(max) ? [max, min] : [min, max]
}
