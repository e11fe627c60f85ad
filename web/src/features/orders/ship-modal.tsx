// Owns sending an order off: with which carrier, under which number.
import { AutoComplete, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { Order } from '../../../../src/modules/orders/schema.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { carriers } from './carriers.ts'
import { useMoveOrder } from './queries.ts'

interface ShipModalProps {
  readonly order: Order
  readonly open: boolean
  readonly onClose: () => void
}

export function ShipModal({ order, open, onClose }: ShipModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ carrier: string; tracking_number: string }>()
  const move = useMoveOrder()
  const ship = (values: { carrier: string; tracking_number: string }) =>
    move.mutate(
      {
        orderId: order.order_id,
        action: 'shipment',
        body: { carrier: values.carrier.trim(), tracking_number: values.tracking_number.trim() },
      },
      {
        onSuccess: () => {
          showToast({ tone: 'good', text: t('office.done.shipment') })
          onClose()
        },
        onError: showFailure,
      },
    )
  return (
    <Modal
      title={t('office.shipTitle', { number: order.order_number })}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('office.actions.shipment')}
      confirmLoading={move.isPending}
      destroyOnHidden
    >
      {order.address && <p>{order.address}</p>}
      <Form
        form={form}
        name={`ship-${order.order_id}`}
        layout="vertical"
        preserve={false}
        requiredMark={false}
        onFinish={ship}
      >
        <Form.Item
          name="carrier"
          label={t('order.carrier')}
          rules={[{ required: true, whitespace: true, message: t('office.carrierMissing') }]}
        >
          <AutoComplete
            options={carriers.map((value) => ({ value }))}
            showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
            defaultActiveFirstOption={false}
            maxLength={60}
          />
        </Form.Item>
        <Form.Item
          name="tracking_number"
          label={t('order.tracking')}
          rules={[{ required: true, whitespace: true, message: t('office.trackingMissing') }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
