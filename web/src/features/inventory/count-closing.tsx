// Owns the end of a count: a manager posts the differences with a reason, or it is given up.
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type {
  CountPosting,
  StockCount,
} from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { useSession } from '../../lib/session.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useCloseCount } from './count-queries.ts'
import { reasons } from './reasons.ts'

export function CountClosing({ count }: { count: StockCount }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const confirm = useConfirm()
  const [posting, setPosting] = useState(false)
  const close = useCloseCount(count.count_id)
  const cancel = async () => {
    const sure = await confirm({
      title: t('count.cancelSure'),
      text: t('count.cancelText'),
      ok: t('count.cancel'),
      cancel: t('count.keep'),
    })
    if (!sure) return
    close.mutate(null, {
      onSuccess: () => showToast({ tone: 'good', text: t('count.cancelled') }),
      onError: showFailure,
    })
  }
  const post = (body: CountPosting) =>
    close.mutate(body, {
      onSuccess: ({ different }) => {
        const text =
          different === 0 ? t('count.postedNone') : t('count.posted', { count: different })
        showToast({ tone: 'good', text })
        setPosting(false)
      },
      onError: showFailure,
    })
  return (
    <>
      {may('manager') && (
        <Button type="primary" disabled={count.counted === 0} onClick={() => setPosting(true)}>
          {t('count.post')}
        </Button>
      )}
      <Button danger onClick={() => void cancel()}>
        {t('count.cancel')}
      </Button>
      <PostModal
        count={count}
        open={posting}
        busy={close.isPending}
        onPost={post}
        onClose={() => setPosting(false)}
      />
    </>
  )
}

interface PostModalProps {
  readonly count: StockCount
  readonly open: boolean
  readonly busy: boolean
  readonly onPost: (posting: CountPosting) => void
  readonly onClose: () => void
}

function PostModal({ count, open, busy, onPost, onClose }: PostModalProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<CountPosting>()
  const { different, lines, counted } = count
  return (
    <Modal
      title={t('count.postTitle')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('count.post')}
      confirmLoading={busy}
      destroyOnHidden
      width={460}
    >
      <p style={{ marginBottom: 'var(--space-4)' }}>
        {t('count.postText', { different, open: lines - counted })}
      </p>
      <Form
        form={form}
        name="post-count"
        layout="vertical"
        preserve={false}
        requiredMark={false}
        initialValues={{ reason: 'shrinkage' }}
        onFinish={({ reason, note }) =>
          onPost({ reason, ...(note?.trim() && { note: note.trim() }) })
        }
      >
        <Form.Item name="reason" label={t('office.reason')}>
          <Select
            options={reasons.map((value) => ({ value, label: t(`office.reasons.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={t('order.note')}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
