// Owns the delivery at hand: what was scanned and typed of it, kept on the device until it is posted or discarded.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { type Delivery, emptyDelivery, keepDelivery, readDelivery } from './receive-draft.ts'
import { MAX_RECEIPT_LINES, type ReceiveLine, withUnits } from './receive-lines.ts'
import type { Said } from './scan-box.tsx'

export function useDelivery(userId: number) {
  const { t } = useTranslation()
  const [found] = useState(() => readDelivery(userId))
  const [delivery, setDelivery] = useState<Delivery>(() => found ?? emptyDelivery())
  const [isKept, setKept] = useState(true)
  // Scans may be answered together: each adds to what the one before it left.
  const latest = useRef(delivery)
  const change = (part: Partial<Delivery>) => {
    latest.current = { ...latest.current, ...part }
    setDelivery(latest.current)
    setKept(keepDelivery(userId, latest.current))
  }
  const add = (product: InventoryItem, units: number): Said => {
    const lines = withUnits(latest.current.lines, product, units)
    if (!lines) return { tone: 'bad', text: t('receive.most', { count: MAX_RECEIPT_LINES }) }
    change({ lines })
    const count = lines[0]?.quantity ?? 0
    return { tone: 'good', text: t('receive.added', { name: productName(product), count }) }
  }
  /** The next delivery, with what belongs to it already. */
  const begin = (lines: readonly ReceiveLine[] = []) => change({ ...emptyDelivery(), lines })
  return {
    delivery,
    /** It would be lost with the page. */
    isAtRisk: !isKept && delivery.lines.length > 0,
    /** When it was left, if this is one that was found again. */
    leftAt: found?.key === delivery.key && delivery.lines.length > 0 ? found.at : null,
    change,
    add,
    begin,
    /** As it is at this moment, answers of scans included. */
    linesNow: () => latest.current.lines,
  }
}
