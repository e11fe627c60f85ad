// Owns entering a movement of stock: receipt, count, adjustment, write-off, return.
import { Form, type FormInstance, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type {
  InventoryItem,
  MovementKind,
  NewMovement,
} from '../../../../src/modules/inventory/schema.ts'
import { productName } from '../../lib/format.ts'
import { randomUuid } from '../../lib/uuid.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useAddMovement } from './queries.ts'
import { reasons } from './reasons.ts'

const most = 1_000_000
/** The least that may be entered: a count may find nothing, an adjustment may take away. */
const least: Record<MovementKind, number> = {
  receipt: 1,
  return: 1,
  write_off: 1,
  count: 0,
  adjustment: -most,
}

type Values = Omit<NewMovement, 'kind'>

interface MovementModalProps {
  readonly product: InventoryItem
  readonly kind: MovementKind | null
  readonly onClose: () => void
}

export function MovementModal({ product, kind, onClose }: MovementModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const add = useAddMovement(product.product_id)
  return (
    <Modal
      title={kind && `${t(`office.movement.${kind}`)} · ${productName(product)}`}
      open={kind !== null}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('actions.save')}
      confirmLoading={add.isPending}
      destroyOnHidden
    >
      {kind !== null && (
        <Fields product={product} kind={kind} form={form} add={add} onClose={onClose} />
      )}
    </Modal>
  )
}

interface FieldsProps extends MovementModalProps {
  readonly kind: MovementKind
  readonly form: FormInstance<Values>
  readonly add: ReturnType<typeof useAddMovement>
}

function Fields({ product, kind, form, add, onClose }: FieldsProps) {
  const { t } = useTranslation()
  // One for each opening: pressed twice, or sent again after a lost answer, it counts once.
  const [key] = useState(randomUuid)
  const save = ({ quantity, reason, note }: Values) => {
    if (add.isPending) return
    add.mutate(
      {
        key,
        body: {
          kind,
          quantity,
          ...(reason && { reason }),
          ...(note?.trim() && { note: note.trim() }),
        },
      },
      {
        onSuccess: () => {
          showToast({ tone: 'good', text: t('office.movementSaved') })
          onClose()
        },
        onError: showFailure,
      },
    )
  }
  const range = { required: true, type: 'integer' as const, min: least[kind], max: most }
  return (
    <Form
      form={form}
      name="movement"
      layout="vertical"
      preserve={false}
      requiredMark={false}
      onFinish={save}
    >
      <Form.Item
        name="quantity"
        label={t(`office.movementQuantity.${kind}`)}
        extra={t('office.onHandNow', { count: product.on_hand ?? 0 })}
        rules={[{ ...range, message: t('office.quantityWrong') }]}
      >
        <InputNumber style={{ width: '100%' }} precision={0} autoFocus />
      </Form.Item>
      {(kind === 'adjustment' || kind === 'write_off') && (
        <Form.Item
          name="reason"
          label={t('office.reason')}
          rules={[{ required: true, message: t('office.reasonMissing') }]}
        >
          <Select
            options={reasons.map((value) => ({ value, label: t(`office.reasons.${value}`) }))}
          />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('order.note')}>
        <Input maxLength={500} />
      </Form.Item>
      {/* The dialog's own button stands outside the form: this one is for Enter. */}
      <button type="submit" hidden />
    </Form>
  )
}
