// Owns the buttons by which staff move an order on; those a role may not use aren't there.
import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { useSession } from '../../lib/session.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { CancelModal } from './cancel-modal.tsx'
import { CompleteModal } from './complete-modal.tsx'
import { type OrderAction, offeredActions } from './order-actions.ts'
import { useMoveOrder } from './queries.ts'
import { ShipModal } from './ship-modal.tsx'

interface OrderActionButtonsProps {
  readonly order: Order
  /** One button for the next step, the rest in a menu. */
  readonly compact?: boolean
}

export function OrderActionButtons({ order, compact = false }: OrderActionButtonsProps) {
  const { t } = useTranslation()
  const { user } = useSession()
  const move = useMoveOrder()
  const [asking, setAsking] = useState<'shipment' | 'cancellation' | 'completion' | null>(null)
  const actions = offeredActions(order, user?.role)

  const run = (action: OrderAction) => {
    if (action === 'shipment' || action === 'cancellation') return setAsking(action)
    if (action === 'completion' && actions.includes('payment')) return setAsking(action)
    send(action)
  }
  const send = (action: OrderAction) =>
    move.mutate(
      { orderId: order.order_id, action },
      {
        onSuccess: () => showToast({ tone: 'good', text: t(`office.done.${action}`) }),
        onError: showFailure,
      },
    )
  /** Paid first: an order that couldn't be marked paid isn't completed either. */
  const complete = async (paid: boolean) => {
    try {
      if (paid) await move.mutateAsync({ orderId: order.order_id, action: 'payment' })
      send('completion')
    } catch (error) {
      showFailure(error)
    }
  }
  const shown = compact ? actions.slice(0, 1) : actions
  const hidden = compact ? actions.slice(1) : []

  return (
    <Space wrap size={8}>
      {shown.map((action, index) => (
        <ActionButton
          key={action}
          action={action}
          main={index === 0 && action !== 'cancellation'}
          busy={move.isPending}
          onRun={() => run(action)}
        />
      ))}
      {hidden.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: hidden.map((action) => ({
              key: action,
              label: t(`office.actions.${action}`),
              danger: action === 'cancellation' || action === 'refund',
            })),
            onClick: ({ key, domEvent }) => {
              domEvent.stopPropagation()
              run(key as OrderAction)
            },
          }}
        >
          <Button
            size="small"
            icon={<MoreOutlined />}
            aria-label={t('office.moreActions', { number: order.order_number })}
          />
        </Dropdown>
      )}
      <ShipModal order={order} open={asking === 'shipment'} onClose={() => setAsking(null)} />
      <CancelModal order={order} open={asking === 'cancellation'} onClose={() => setAsking(null)} />
      <CompleteModal
        order={order}
        open={asking === 'completion'}
        onClose={() => setAsking(null)}
        onComplete={(paid) => void complete(paid)}
      />
    </Space>
  )
}

interface ActionButtonProps {
  readonly action: OrderAction
  readonly main: boolean
  readonly busy: boolean
  readonly onRun: () => void
}

function ActionButton({ action, main, busy, onRun }: ActionButtonProps) {
  const { t } = useTranslation()
  const label = t(`office.actions.${action}`)
  if (action === 'refund') {
    return (
      <Popconfirm title={t('office.refundSure')} onConfirm={onRun}>
        <Button danger loading={busy}>
          {label}
        </Button>
      </Popconfirm>
    )
  }
  return (
    <Button
      type={main ? 'primary' : 'default'}
      danger={action === 'cancellation'}
      loading={busy && main}
      onClick={onRun}
    >
      {label}
    </Button>
  )
}
