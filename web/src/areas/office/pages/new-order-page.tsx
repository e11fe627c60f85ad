// Owns ordering on behalf of a customer: who (an address may name them), what, how.
import { Button, Card, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Fulfilment, NewOrder } from '../../../../../src/modules/orders/schema.ts'
import { CustomerSelect } from '../../../features/account/customer-select.tsx'
import { ProductSelect } from '../../../features/inventory/product-select.tsx'
import { attemptDone, attemptKey } from '../../../features/orders/checkout-attempt.ts'
import { usePlaceOrder } from '../../../features/orders/queries.ts'
import { useFormat } from '../../../lib/format.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { showFailure, showToast } from '../../../ui/toast-store.ts'
import { type DraftLine, DraftLines } from './draft-lines.tsx'

interface Values {
  user_id: number
  fulfilment: Fulfilment
  address?: string
  note?: string
}

export function NewOrderPage() {
  const { t } = useTranslation()
  const { money } = useFormat()
  const navigate = useNavigate()
  const place = usePlaceOrder()
  const customer = useUrlFilters().id('customer')
  const [lines, setLines] = useState<readonly DraftLine[]>([])
  const [form] = Form.useForm<Values>()
  const fulfilment = Form.useWatch('fulfilment', form)
  const total = lines.reduce(
    (sum, { product, quantity }) => sum + product.price_cents * quantity,
    0,
  )

  const submit = (values: Values) => {
    const order: NewOrder = {
      user_id: values.user_id,
      items: lines.map(({ product, quantity }) => ({ product_id: product.product_id, quantity })),
      fulfilment: values.fulfilment,
      ...(values.fulfilment === 'delivery' && { address: values.address?.trim() ?? '' }),
      ...(values.note?.trim() && { note: values.note.trim() }),
    }
    place.mutate(
      { order, key: attemptKey(order) },
      {
        onSuccess: (placed) => {
          attemptDone()
          showToast({
            tone: 'good',
            text: t('office.orderPlaced', { number: placed.order_number }),
          })
          void navigate(`/office/orders?order=${placed.order_id}`)
        },
        onError: showFailure,
      },
    )
  }

  return (
    <div style={{ maxWidth: 760 }}>
      <PageHeader title={t('office.nav.newOrder')} />
      <Card>
        <Form<Values>
          form={form}
          name="order"
          layout="vertical"
          initialValues={{ fulfilment: 'pickup', ...(customer !== null && { user_id: customer }) }}
          onFinish={submit}
        >
          <Form.Item
            name="user_id"
            label={t('office.customer')}
            rules={[{ required: true, message: t('office.customerMissing') }]}
          >
            <CustomerSelect />
          </Form.Item>
          <Form.Item label={t('office.addProduct')} htmlFor="add-product">
            <ProductSelect
              id="add-product"
              onPick={(product) =>
                setLines((before) =>
                  before.some((line) => line.product.product_id === product.product_id)
                    ? before
                    : [...before, { product, quantity: 1 }],
                )
              }
            />
          </Form.Item>
          <DraftLines lines={lines} onChange={setLines} />
          <Form.Item name="fulfilment" label={t('office.fulfilment')}>
            <Radio.Group
              options={(['pickup', 'delivery'] as const).map((value) => ({
                value,
                label: t(`order.fulfilment.${value}`),
              }))}
            />
          </Form.Item>
          {fulfilment === 'delivery' && (
            <Form.Item
              name="address"
              label={t('order.address')}
              rules={[{ required: true, whitespace: true, message: t('checkout.addressMissing') }]}
            >
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          )}
          <Form.Item name="note" label={t('order.note')}>
            <Input maxLength={500} />
          </Form.Item>
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            disabled={lines.length === 0}
            loading={place.isPending}
            block
          >
            {t('checkout.submit', { total: money(total) })}
          </Button>
        </Form>
      </Card>
    </div>
  )
}
