// Owns saving a product's form: only what was changed, and never over what somebody else has saved meanwhile.
import type { FormInstance } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { ApiError } from '../../lib/api.ts'
import { minorDigits } from '../../lib/format.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { isConflict } from './inline-edit.ts'
import {
  differ,
  mergeTheirs,
  type ProductValues,
  toChanges,
  toPatch,
  toValues,
} from './product-values.ts'
import { useSaveProduct } from './queries.ts'

const LONGEST_SHOWN = 200

interface Saving {
  /** Null for one that is made. */
  readonly product: InventoryItem | null
  readonly form: FormInstance<ProductValues>
  /** The product as it is now; null or undefined when it can't be read. */
  readonly reread: () => Promise<InventoryItem | null | undefined>
  readonly onDirty: (dirty: boolean) => void
  readonly onDone: (productId: number) => void
}

export function useProductSaving({ product, form, reread, onDirty, onDone }: Saving) {
  const { t } = useTranslation()
  const digits = minorDigits(useShopInfo().currency)
  const save = useSaveProduct(product?.product_id ?? null)
  const [isContested, setContested] = useState(false)
  // What the form began with: the product itself is read anew while somebody types.
  const before = useRef(toValues(product, digits))
  const version = useRef(product?.version)

  const refuse = (error: Error) => {
    const field = fieldOf(error)
    if (!field) return showFailure(error)
    form.setFields([{ name: field, errors: [withoutField(error.message)] }])
    form.scrollToField(field, { block: 'center', focus: true })
  }
  const theirWords = (value: ProductValues[keyof ProductValues]) =>
    typeof value === 'object' || !value || String(value).length > LONGEST_SHOWN
      ? t('editor.theirsToo')
      : t('editor.theirs', { value })
  /** What was typed isn't lost: it is looked over on what there is now, and saved again. */
  const takeTheirs = async (typed: ProductValues, conflict: Error) => {
    const now = await reread()
    if (!now) return showFailure(conflict)
    const theirs = toValues(now, digits)
    const merged = mergeTheirs(typed, before.current as ProductValues, theirs)
    before.current = theirs
    version.current = now.version
    form.setFieldsValue(merged.values)
    form.setFields(merged.disputed.map((name) => ({ name, warnings: [theirWords(theirs[name])] })))
    onDirty(differ(merged.values, theirs))
    setContested(true)
  }
  const submit = (values: ProductValues) => {
    const changes = product
      ? toChanges(values, before.current as ProductValues, digits)
      : toPatch(values, digits, true)
    if (product && Object.keys(changes).length === 0) return onDone(product.product_id)
    const known = version.current
    save.mutate(
      { ...changes, ...(known !== undefined && { version: known }) },
      {
        onSuccess: ({ item }) => {
          showToast({ tone: 'good', text: t('office.productSaved') })
          onDone(item.product_id)
        },
        onError: (error) =>
          product && isConflict(error) ? void takeTheirs(values, error) : refuse(error),
      },
    )
  }
  return {
    submit,
    isPending: save.isPending,
    /** Somebody else has saved it meanwhile, and the form shows what there is now. */
    isContested,
    initialValues: before.current,
    hasChanges: (values: Partial<ProductValues>) => differ(values, before.current),
    /** Filled in by the form itself: nothing that would be lost. */
    begin: (values: Partial<ProductValues>) => {
      before.current = { ...before.current, ...values }
    },
    /** Put on or off sale from within the form; what others did before that is still found when saving. */
    follow: (changed: InventoryItem) => {
      if (changed.version === (version.current ?? 0) + 1) version.current = changed.version
    },
  }
}

/** A SKU or barcode that another product has belongs to its field. */
function fieldOf(error: Error): 'sku' | 'barcode' | null {
  if (!(error instanceof ApiError)) return null
  if (error.code.includes('SKU')) return 'sku'
  return error.code.includes('BARCODE') ? 'barcode' : null
}

/** The server names the field first; here the message stands below it. */
function withoutField(message: string): string {
  return message.replace(/^\w+[:：]\s*/, '')
}
