// Owns asking once, when an order is completed unpaid, whether it was paid too.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'

interface CompleteModalProps {
  readonly order: Order
  readonly open: boolean
  readonly onClose: () => void
  readonly onComplete: (paid: boolean) => void
}

export function CompleteModal({ order, open, onClose, onComplete }: CompleteModalProps) {
  const { t } = useTranslation()
  const choose = (paid: boolean) => () => {
    onClose()
    onComplete(paid)
  }
  return (
    <Modal
      title={t('office.completeTitle', { number: order.order_number })}
      open={open}
      onCancel={onClose}
      destroyOnHidden
      footer={[
        <Button key="wait" onClick={onClose}>
          {t('office.completeWait')}
        </Button>,
        <Button key="only" onClick={choose(false)}>
          {t('office.completeOnly')}
        </Button>,
        <Button key="paid" type="primary" onClick={choose(true)}>
          {t('office.completeAndPay')}
        </Button>,
      ]}
    >
      {t('office.completeText')}
    </Modal>
  )
}
