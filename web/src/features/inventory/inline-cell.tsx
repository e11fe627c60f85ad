// Owns the price and the threshold in the table of products, which managers change on the spot.
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { minorDigits, productName, useFormat } from '../../lib/format.ts'
import { useSession } from '../../lib/session.ts'
import { useShopInfo } from '../../lib/shop-info.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { type InlineEdit, type InlineField, isConflict, useInlineEdit } from './inline-edit.ts'
import { InlineNumber } from './inline-number.tsx'
import { minorUnits } from './product-values.ts'

const MOST_CENTS = 100_000_000
const MOST_UNITS = 1_000_000
const UNDO_SECONDS = 8

interface InlineCellProps {
  readonly product: InventoryItem
  readonly field: InlineField
}

export function InlineCell({ product, field }: InlineCellProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { money, number } = useFormat()
  const { currency } = useShopInfo()
  const save = useSaveInline()
  const isMoney = field === 'price_cents'
  const digits = isMoney ? minorDigits(currency) : 0
  const value = product[field] ?? 0
  const text = isMoney ? money(value) : number(value)
  if (!may('manager')) return text
  const words = {
    name: productName(product),
    field: t(isMoney ? 'office.price' : 'office.threshold'),
  }
  return (
    <InlineNumber
      label={t('inline.fieldOf', words)}
      buttonLabel={t('inline.editOf', { ...words, value: text })}
      text={text}
      value={value / 10 ** digits}
      max={isMoney ? MOST_CENTS / 10 ** digits : MOST_UNITS}
      digits={digits}
      onSave={(typed) => save({ product, field, value: minorUnits(typed, digits) })}
    />
  )
}

function useSaveInline() {
  const { t } = useTranslation()
  const { money, number } = useFormat()
  const { message } = App.useApp()
  const edit = useInlineEdit()
  const refuse = (error: unknown, { product }: InlineEdit) =>
    isConflict(error)
      ? showToast({ tone: 'bad', text: t('inline.conflict', { name: productName(product) }) })
      : showFailure(error)
  const undo = (changed: InventoryItem, { product, field }: InlineEdit) => {
    const back = { product: changed, field, value: product[field] ?? 0 }
    edit.mutate(back, {
      onSuccess: () => showToast({ tone: 'good', text: t('inline.undone') }),
      onError: (error) => refuse(error, back),
    })
  }
  return (wanted: InlineEdit) =>
    edit.mutate(wanted, {
      onError: (error) => refuse(error, wanted),
      onSuccess: (changed) => {
        const isMoney = wanted.field === 'price_cents'
        const key = `inline-${changed.product_id}-${wanted.field}`
        const text = t('inline.saved', {
          name: productName(changed),
          field: t(isMoney ? 'office.price' : 'office.threshold'),
          value: isMoney ? money(wanted.value) : number(wanted.value),
        })
        void message.success({
          key,
          duration: UNDO_SECONDS,
          content: (
            <span>
              {text}
              <Button
                type="link"
                size="small"
                onClick={() => {
                  message.destroy(key)
                  undo(changed, wanted)
                }}
              >
                {t('inline.undo')}
              </Button>
            </span>
          ),
        })
      },
    })
}
