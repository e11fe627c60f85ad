// Owns a customer's cancelling of an order: a reason, then sure.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useMoveOrder } from './queries.ts'

const reasons = ['changed_mind', 'wrong_items', 'too_slow', 'other'] as const

interface CancelDialogProps {
  readonly orderId: number
  readonly open: boolean
  readonly onClose: () => void
}

export function CancelDialog({ orderId, open, onClose }: CancelDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<(typeof reasons)[number]>('changed_mind')
  const move = useMoveOrder()
  const cancel = () =>
    move.mutate(
      { orderId, action: 'cancellation', body: { reason: t(`order.cancelReasons.${reason}`) } },
      { onSuccess: onClose },
    )
  return (
    <Dialog open={open} title={t('order.cancelTitle')} onClose={onClose}>
      <p>{t('order.cancelText')}</p>
      <SelectField
        label={t('order.cancelReason')}
        value={reason}
        onChange={(event) => setReason(event.target.value as (typeof reasons)[number])}
      >
        {reasons.map((value) => (
          <option key={value} value={value}>
            {t(`order.cancelReasons.${value}`)}
          </option>
        ))}
      </SelectField>
      {move.error && <Notice tone="bad">{move.error.message}</Notice>}
      <Button tone="danger" wide busy={move.isPending} onClick={cancel}>
        {t('order.cancel')}
      </Button>
    </Dialog>
  )
}
