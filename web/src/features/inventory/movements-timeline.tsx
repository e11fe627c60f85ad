// Owns the history of a product's stock: every change with its reason, newest first.
import { Button, Empty, Skeleton, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Movement } from '../../../../src/modules/inventory/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { exportPath } from '../../lib/office/export-path.ts'
import { useSession } from '../../lib/session.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { useMovements } from './queries.ts'

interface MovementsTimelineProps {
  readonly productId: number
  readonly orderPath: (orderId: number) => string
}

export function MovementsTimeline({ productId, orderPath }: MovementsTimelineProps) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { may } = useSession()
  const movements = useMovements(productId)
  if (movements.loading) return <Skeleton active />
  if (movements.error) return <LoadFailure error={movements.error} onRetry={movements.retry} />
  if (movements.items.length === 0) {
    return <Empty description={t('office.noMovements')} />
  }
  return (
    <>
      {may('manager') && (
        <p style={{ marginBottom: 'var(--space-3)' }}>
          <a href={exportPath('/inventory/movements/export', { product_id: productId })} download>
            {t('list.exportShown')}
          </a>
        </p>
      )}
      <Timeline
        items={movements.items.map((movement) => ({
          key: movement.movement_id,
          color: colourOf(movement),
          content: (
            <>
              <strong>{t(`office.ledger.${movement.kind}`)}</strong> <Change movement={movement} />{' '}
              {movement.order_id !== null && (
                <Link to={orderPath(movement.order_id)}>
                  {t('office.orderId', { id: movement.order_id })}
                </Link>
              )}
              <div style={{ color: 'var(--color-ink-soft)', fontSize: 'var(--text-sm)' }}>
                {[dateTime(movement.created_at), reasonOf(movement.reason, t), movement.note]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </>
          ),
        }))}
      />
      {movements.hasMore && (
        <Button loading={movements.loadingMore} onClick={movements.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </>
  )
}

function Change({ movement }: { movement: Movement }) {
  const { t } = useTranslation()
  const parts = [
    [t('office.onHand'), movement.delta_on_hand],
    [t('office.reserved'), movement.delta_reserved],
  ] as const
  const shown = parts.filter(([, delta]) => delta !== 0)
  // A count that found what was expected changes nothing, and says so.
  if (shown.length === 0) return <span>±0</span>
  const texts = shown.map(([name, delta]) => `${name} ${signed(delta)}`)
  return <span>{texts.join(t('office.listSeparator'))}</span>
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : `−${-value}`
}

function colourOf({ delta_on_hand: delta }: Movement): string {
  return delta > 0 ? 'green' : delta < 0 ? 'red' : 'gray'
}

const reasonNames = {
  damaged: 'office.reasons.damaged',
  expired: 'office.reasons.expired',
  shrinkage: 'office.reasons.shrinkage',
  store_use: 'office.reasons.store_use',
  receiving_error: 'office.reasons.receiving_error',
  supplier_return: 'office.reasons.supplier_return',
  other: 'office.reasons.other',
} as const

function reasonOf(
  reason: string | null,
  t: (key: (typeof reasonNames)[keyof typeof reasonNames]) => string,
): string | null {
  if (reason === null) return null
  return reason in reasonNames ? t(reasonNames[reason as keyof typeof reasonNames]) : reason
}
