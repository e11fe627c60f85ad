// Owns how the state of stock is put into words.
import { useTranslation } from 'react-i18next'

import type { StockStatus } from '../../../../src/modules/inventory/schema.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const tones: Record<StockStatus, Tone> = {
  in_stock: 'good',
  low_stock: 'warn',
  out_of_stock: 'neutral',
}

interface StockBadgeProps {
  readonly product: { stock_status: StockStatus; quantity?: number; unit: string }
}

/** "Only 3 left" where the shop shows numbers, "running low" where it doesn't. */
export function StockBadge({ product }: StockBadgeProps) {
  const { t } = useTranslation()
  const { stock_status: status, quantity } = product
  const words =
    status === 'low_stock' && quantity !== undefined && quantity > 0
      ? t('stock.onlyLeft', { count: quantity })
      : t(`stock.status.${status}`)
  return <Badge tone={tones[status]}>{words}</Badge>
}
