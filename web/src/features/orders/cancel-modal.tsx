// Owns the staff's cancelling of an order; the reason reaches the customer.
import { AutoComplete, Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useMoveOrder } from './queries.ts'

const usual = ['unavailable', 'asked', 'unreachable', 'address'] as const

interface CancelModalProps {
  readonly order: Order
  readonly open: boolean
  readonly onClose: () => void
}

export function CancelModal({ order, open, onClose }: CancelModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason: string }>()
  const move = useMoveOrder()
  const cancel = ({ reason }: { reason: string }) =>
    move.mutate(
      { orderId: order.order_id, action: 'cancellation', body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          showToast({ tone: 'good', text: t('office.done.cancellation') })
          onClose()
        },
        onError: showFailure,
      },
    )
  return (
    <Modal
      title={t('office.cancelTitle', { number: order.order_number })}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('order.cancel')}
      cancelText={t('office.keepOrder')}
      okButtonProps={{ danger: true }}
      confirmLoading={move.isPending}
      destroyOnHidden
    >
      <Form
        form={form}
        name={`cancel-${order.order_id}`}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        onFinish={cancel}
      >
        <Form.Item
          name="reason"
          label={t('order.cancelReason')}
          extra={t('office.cancelReasonHint')}
          rules={[{ required: true, whitespace: true, message: t('office.cancelReasonMissing') }]}
        >
          <AutoComplete
            options={usual.map((key) => ({ value: t(`office.cancelReasons.${key}`) }))}
            showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
            defaultActiveFirstOption={false}
            maxLength={200}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
