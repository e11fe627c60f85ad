// Owns finding a product by name, SKU or barcode to put it on an order.
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { useSearchSelect } from '../../lib/use-search-select.ts'
import { showFailure } from '../../ui/toast-store.ts'
import { exactProduct, fetchProducts, useProducts } from './queries.ts'

interface ProductSelectProps {
  readonly id: string
  readonly onPick: (product: InventoryItem) => void
}

export function ProductSelect({ id, onPick }: ProductSelectProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const { search, clear, selectProps, onKeyDownCapture } = useSearchSelect<InventoryItem>({
    fetch: fetchProducts,
    exact: (found, text) => {
      const hit = exactProduct(found, text)
      return hit && isAvailable(hit) ? hit : undefined
    },
    onHit: onPick,
    onError: showFailure,
  })
  const products = useProducts({ search })
  return (
    <div onKeyDownCapture={onKeyDownCapture}>
      <Select
        {...selectProps}
        id={id}
        value={null}
        placeholder={t('catalogue.search')}
        loading={products.loading}
        style={{ width: '100%' }}
        onChange={(productId: number | null) => {
          const product = products.items.find((item) => item.product_id === productId)
          if (product) onPick(product)
          clear()
        }}
        options={products.items.map((product) => ({
          value: product.product_id,
          label: `${productName(product)} · ${money(product.price_cents)} · ${product.sku}`,
          disabled: !isAvailable(product),
        }))}
      />
    </div>
  )
}

function isAvailable(product: InventoryItem): boolean {
  return (product.quantity ?? 0) > 0
}
