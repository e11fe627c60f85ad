// Owns giving a view its name.
import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SavedView } from '../../../../src/modules/views/schema.ts'

interface NameModalProps {
  readonly naming: SavedView | 'new' | null
  readonly busy: boolean
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}

export function NameModal({ naming, busy, onSave, onClose }: NameModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ name: string }>()
  const isNew = naming === 'new'
  return (
    <Modal
      title={t(isNew ? 'views.saveTitle' : 'views.renameTitle')}
      open={naming !== null}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('actions.save')}
      confirmLoading={busy}
      destroyOnHidden
      width={400}
    >
      <Form
        form={form}
        name="view"
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={{ name: isNew || naming === null ? '' : naming.name }}
        onFinish={({ name }) => onSave(name.trim())}
      >
        <Form.Item
          name="name"
          label={t('views.name')}
          rules={[{ required: true, whitespace: true, message: t('views.nameMissing') }]}
        >
          <Input maxLength={40} autoFocus autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
