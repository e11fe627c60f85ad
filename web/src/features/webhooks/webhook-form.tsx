// Owns asking for a webhook's address and events.
import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import { WEBHOOK_KINDS } from '../../../../src/lib/webhook-kinds.ts'
import type { NewWebhook, WebhookSecret } from '../../../../src/modules/webhooks/schema.ts'
import { fieldErrors } from '../../lib/office/field-errors.ts'
import { showFailure } from '../../ui/toast-store.ts'
import { keyOfKind } from './kinds.ts'
import { useAddWebhook } from './queries.ts'

interface WebhookFormProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onAdded: (secret: WebhookSecret) => void
}

export function WebhookForm({ open, onClose, onAdded }: WebhookFormProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewWebhook>()
  const add = useAddWebhook()
  const submit = (values: NewWebhook) =>
    add.mutate(values, {
      onSuccess: onAdded,
      onError: (error) => {
        const wrong = fieldErrors(error, ['url', 'kinds'] as const)
        if (wrong.length > 0) form.setFields(wrong)
        else showFailure(error)
      },
    })
  return (
    <Modal
      title={t('webhooks.add')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('webhooks.add')}
      confirmLoading={add.isPending}
      destroyOnHidden
    >
      <Form<NewWebhook>
        form={form}
        name="webhook"
        layout="vertical"
        preserve={false}
        requiredMark={false}
        onFinish={submit}
      >
        <Form.Item
          name="url"
          label={t('webhooks.url')}
          extra={t('webhooks.urlText')}
          rules={[{ required: true, whitespace: true, message: t('webhooks.urlMissing') }]}
        >
          <Input placeholder="https://" autoComplete="off" inputMode="url" maxLength={2000} />
        </Form.Item>
        <Form.Item
          name="kinds"
          label={t('webhooks.kinds')}
          rules={[{ required: true, message: t('webhooks.kindsMissing') }]}
        >
          <Select
            mode="multiple"
            options={WEBHOOK_KINDS.map((value) => ({
              value,
              label: t(`webhooks.kind.${keyOfKind(value)}`),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
