// Owns a product's SKU: a new product is offered one, which stands as long as nobody types another.
import { useQuery } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { api, type Page, type Query } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { nextSku, rowOf } from './next-sku.ts'
import type { ProductValues } from './product-values.ts'

interface SkuFieldProps {
  readonly isNew: boolean
  readonly onSuggested: (sku: string) => void
}

export function SkuField({ isNew, onSuggested }: SkuFieldProps) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<ProductValues>()
  const category = useDebounced((Form.useWatch('category', form) ?? '').trim())
  const suggested = useNextSku(category, isNew)
  useEffect(() => {
    if (suggested === undefined || form.isFieldTouched('sku')) return
    form.setFields([{ name: 'sku', value: suggested, touched: false, errors: [] }])
    onSuggested(suggested)
    // The words for it change with every look; what matters is another suggestion.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [suggested])
  return (
    <Form.Item
      name="sku"
      label={t('product.sku')}
      rules={[{ required: true, whitespace: true, message: t('office.required') }]}
      {...(isNew && { extra: t('editor.skuSuggested') })}
    >
      <Input maxLength={64} />
    </Form.Item>
  )
}

/** Undefined as long as it isn't known; without it, one types one. */
function useNextSku(category: string, enabled: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: [...keys.inventory, 'next-sku', category],
    queryFn: ({ signal }) => findNextSku(category, signal),
    enabled,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return data
}

async function findNextSku(category: string, signal: AbortSignal): Promise<string> {
  const skusOf = async (query: Query) => {
    const path = '/inventory'
    const newest = { ...query, sort: 'newest', limit: 100 }
    return (await api.get<Page<InventoryItem>>(path, newest, signal)).items.map(({ sku }) => sku)
  }
  const row = (category && rowOf(await skusOf({ category }))) || rowOf(await skusOf({}))
  const search = nextSku(row, []).replace(/\d+$/, '')
  const taken = await Promise.all([skusOf({ search }), skusOf({ search, active: false })])
  return nextSku(row, taken.flat())
}
