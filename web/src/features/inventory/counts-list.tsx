// Owns the list of counts, and starting one.
import { Button, Card, Form, Input, Modal, Select, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { StockCount } from '../../../../src/modules/inventory/stock-counts-schema.ts'
import { useFormat } from '../../lib/format.ts'
import { randomUuid } from '../../lib/uuid.ts'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { showFailure } from '../../ui/toast-store.ts'
import { useCounts, useStartCount } from './count-queries.ts'
import styles from './receive-form.module.css'
import { useCategories } from './queries.ts'
import { termName } from './terms.ts'

const colours = { open: 'processing', posted: 'success', cancelled: 'default' } as const

export function CountsList({ pathOf }: { pathOf: (countId: number) => string }) {
  const { t } = useTranslation()
  const counts = useCounts()
  if (counts.loading) return <Skeleton active />
  if (counts.error) return <ErrorState error={counts.error} onRetry={counts.retry} />
  if (counts.items.length === 0) {
    return <EmptyState title={t('count.none')} text={t('count.noneText')} />
  }
  return (
    <Card>
      <ul className={`${styles.lines} ${styles.alone}`}>
        {counts.items.map((count) => (
          <li key={count.count_id}>
            <span className={styles.name}>
              <Link to={pathOf(count.count_id)}>
                <CountName count={count} />
              </Link>
              <CountFacts count={count} />
            </span>
            <Tag color={colours[count.state]}>{t(`count.states.${count.state}`)}</Tag>
          </li>
        ))}
      </ul>
      {counts.hasMore && (
        <Button loading={counts.loadingMore} onClick={counts.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </Card>
  )
}

export function CountName({ count }: { count: StockCount }) {
  const { t } = useTranslation()
  if (count.name) return count.name
  return count.category === null ? t('count.all') : termName(count.category)
}

export function CountFacts({ count }: { count: StockCount }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { counted, lines, different } = count
  return (
    <small>
      {[
        count.category === null ? t('count.all') : termName(count.category),
        dateTime(count.started_at),
        count.starter,
        t('count.progress', { counted, lines, different }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </small>
  )
}

interface StartCountProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onStarted: (countId: number) => void
}

export function StartCount({ open, onClose, onStarted }: StartCountProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ name?: string; category?: string }>()
  const [key, setKey] = useState(randomUuid)
  const categories = useCategories()
  const start = useStartCount()
  return (
    <Modal
      title={t('count.startTitle')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('count.start')}
      confirmLoading={start.isPending}
      destroyOnHidden
      width={440}
    >
      <Form
        form={form}
        name="start-count"
        layout="vertical"
        preserve={false}
        onFinish={({ name, category }) =>
          start.mutate(
            {
              key,
              body: { ...(name?.trim() && { name: name.trim() }), ...(category && { category }) },
            },
            {
              onSuccess: ({ count_id }) => onStarted(count_id),
              onError: (error) => {
                setKey(randomUuid())
                showFailure(error)
              },
            },
          )
        }
      >
        <Form.Item name="category" label={t('count.category')}>
          <Select
            allowClear
            placeholder={t('count.all')}
            // What has no category is counted with everything.
            options={(categories.data ?? [])
              .filter(({ category }) => category !== '')
              .map(({ category, products }) => ({
                value: category,
                label: `${termName(category)} (${products})`,
              }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('count.name')}>
          <Input maxLength={60} placeholder={t('count.namePlaceholder')} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
