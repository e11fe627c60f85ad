// Owns the line that shows how far an order has come.
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './order-progress.module.css'

type Step = 'placed' | 'confirmed' | 'ready' | 'shipped' | 'completed' | 'cancelled'

export function OrderProgress({ order }: { order: Order }) {
  const { t } = useTranslation()
  const { monthAndDay, time } = useFormat()
  const steps = stepsOf(order)
  const reached = steps.filter((step) => timeOf(order, step) !== null).length
  return (
    <ol className={styles.line} aria-label={t('order.progress')}>
      {steps.map((step, index) => {
        const at = timeOf(order, step)
        return (
          <li
            key={step}
            className={styles.step}
            data-done={at !== null || undefined}
            data-bad={step === 'cancelled' || undefined}
            aria-current={index === reached - 1 ? 'step' : undefined}
          >
            <span className={styles.dot}>
              {at !== null && <Icon name={step === 'cancelled' ? 'close' : 'check'} size={16} />}
            </span>
            <span className={styles.name}>{t(`order.step.${step}`)}</span>
            {at !== null && (
              <time dateTime={at}>
                <span>{monthAndDay(at)}</span> <span>{time(at)}</span>
              </time>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** A cancelled order shows what it reached, then that it was cancelled. */
function stepsOf(order: Order): Step[] {
  const way: Step[] = [
    'placed',
    'confirmed',
    order.fulfilment === 'pickup' ? 'ready' : 'shipped',
    'completed',
  ]
  if (order.status !== 'cancelled') return way
  return [...way.filter((step) => timeOf(order, step) !== null), 'cancelled']
}

function timeOf(order: Order, step: Step): string | null {
  if (step === 'placed') return order.created_at
  return order[`${step}_at`]
}
