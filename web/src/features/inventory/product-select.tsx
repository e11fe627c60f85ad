// Owns finding a product by name, SKU or barcode to put it on an order.
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName, useFormat } from '../../lib/format.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { useProducts } from './queries.ts'

interface ProductSelectProps {
  readonly id: string
  readonly onPick: (product: InventoryItem) => void
}

export function ProductSelect({ id, onPick }: ProductSelectProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  const [typed, setTyped] = useState('')
  const products = useProducts({ search: useDebounced(typed.trim()) })
  return (
    <Select
      id={id}
      value={null}
      placeholder={t('catalogue.search')}
      loading={products.loading}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      onChange={(productId: number | null) => {
        const product = products.items.find((item) => item.product_id === productId)
        if (product) onPick(product)
        setTyped('')
      }}
      options={products.items.map((product) => ({
        value: product.product_id,
        label: `${productName(product)} · ${money(product.price_cents)} · ${product.sku}`,
        disabled: (product.quantity ?? 0) <= 0,
      }))}
    />
  )
}
