// Owns what can be done with the orders that are selected.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Order } from '../../../../../src/modules/orders/schema.ts'
import { BulkModal } from '../../../features/orders/bulk-modal.tsx'
import styles from './filters.module.css'
import { MOST_PAPERS, orderPapersPath } from './order-papers-path.ts'

interface OrderSelectionBarProps {
  readonly selected: readonly number[]
  /** Those of them that are known here. */
  readonly orders: readonly Order[]
  readonly onClear: () => void
}

export function OrderSelectionBar({ selected, orders, onClear }: OrderSelectionBarProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<'confirmation' | 'shipment' | null>(null)
  const tooMany = selected.length > MOST_PAPERS
  return (
    <>
      {selected.length > 0 && (
        <div className={styles.selection} role="status">
          <span>
            {tooMany
              ? t('bulk.tooMany', { count: MOST_PAPERS })
              : t('bulk.selected', { count: selected.length })}
          </span>
          <Button type="primary" disabled={tooMany} onClick={() => setDoing('confirmation')}>
            {t('bulk.confirm')}
          </Button>
          <Button type="primary" disabled={tooMany} onClick={() => setDoing('shipment')}>
            {t('bulk.ship')}
          </Button>
          {(['slip', 'label'] as const).map((kind) => (
            <Button
              key={kind}
              disabled={tooMany}
              onClick={() => void navigate(orderPapersPath(kind, selected))}
            >
              {t(`bulk.${kind}`)}
            </Button>
          ))}
          <Button onClick={onClear}>{t('bulk.clear')}</Button>
        </div>
      )}
      <BulkModal action={doing} orders={orders} onClose={() => setDoing(null)} />
    </>
  )
}
