// Owns what is left between price and cost.
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'

/** What a sale brings beyond the cost, all in minor units; and as a part of the price, which may be nothing. */
export function marginOf(
  price: number,
  cost: number,
): { readonly cents: number; readonly part: number } {
  const cents = price - cost
  return { cents, part: price > 0 ? cents / price : 0 }
}

/** In words; null while price or cost isn't known. */
export function useMarginText(
  price: number | null | undefined,
  cost: number | null | undefined,
): { readonly words: string; readonly isLoss: boolean } | null {
  const { t } = useTranslation()
  const { money, percent } = useFormat()
  if (price == null || cost == null) return null
  const { cents, part } = marginOf(price, cost)
  const words =
    cents < 0
      ? t('editor.lossText', { money: money(-cents) })
      : t('editor.margin', { money: money(cents), percent: percent(part) })
  return { words, isLoss: cents < 0 }
}
