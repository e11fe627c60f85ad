// Owns a page's saved views: choosing one, keeping the present filters as one, renaming, deleting.
import { DeleteOutlined, DownOutlined, EditOutlined, SyncOutlined } from '@ant-design/icons'
import { Button, Empty, Popover, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { SavedView, ViewPage } from '../../../../src/modules/views/schema.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { NameModal } from './name-modal.tsx'
import { useChangeViews, useViews, type ViewChange } from './queries.ts'
import styles from './saved-views.module.css'

interface SavedViewsProps {
  readonly page: ViewPage
  /** As they stand in the address now. */
  readonly filters: SavedView['filters']
  readonly onChoose: (filters: SavedView['filters']) => void
}

export function SavedViews({ page, filters, onChoose }: SavedViewsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null)
  const views = useViews(page)
  const change = useChangeViews(page)
  const chosen = views.data?.find((view) => isSame(view.filters, filters))
  const send = (wanted: ViewChange, done: string) =>
    change.mutate(wanted, {
      onSuccess: () => {
        showToast({ tone: 'good', text: done })
        setNaming(null)
      },
      onError: showFailure,
    })
  const saveAs = (name: string) =>
    naming === 'new'
      ? send({ do: 'save', name, filters }, t('views.saved'))
      : naming && send({ do: 'change', view_id: naming.view_id, patch: { name } }, t('views.saved'))
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={
          <div className={styles.menu}>
            <ViewList
              views={views.data}
              filters={filters}
              onChoose={(view) => {
                setOpen(false)
                onChoose(view.filters)
              }}
              onRename={(view) => {
                setOpen(false)
                setNaming(view)
              }}
              onChange={send}
            />
            <Button
              block
              disabled={Object.keys(filters).length === 0}
              onClick={() => {
                setOpen(false)
                setNaming('new')
              }}
            >
              {t('views.save')}
            </Button>
          </div>
        }
      >
        <Button
          className={styles.button ?? ''}
          aria-label={chosen ? t('views.buttonOf', { name: chosen.name }) : t('views.button')}
        >
          {chosen?.name ?? t('views.button')}
          <DownOutlined />
        </Button>
      </Popover>
      <NameModal
        naming={naming}
        busy={change.isPending}
        onSave={saveAs}
        onClose={() => setNaming(null)}
      />
    </>
  )
}

interface ViewListProps {
  readonly views: readonly SavedView[] | undefined
  readonly filters: SavedView['filters']
  readonly onChoose: (view: SavedView) => void
  readonly onRename: (view: SavedView) => void
  readonly onChange: (change: ViewChange, done: string) => void
}

function ViewList({ views, filters, onChoose, onRename, onChange }: ViewListProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  if (!views) return <Skeleton active paragraph={{ rows: 2 }} title={false} />
  if (views.length === 0) {
    return <Empty description={t('views.empty')} />
  }
  const remove = async ({ view_id, name }: SavedView) => {
    const sure = await confirm({
      title: t('views.deleteSure'),
      text: name,
      ok: t('actions.remove'),
      cancel: t('bulk.close'),
    })
    if (sure) onChange({ do: 'delete', view_id }, t('views.deleted'))
  }
  return (
    <ul className={styles.views}>
      {views.map((view) => (
        <li key={view.view_id}>
          <button
            type="button"
            className={styles.name}
            aria-pressed={isSame(view.filters, filters)}
            onClick={() => onChoose(view)}
          >
            {view.name}
          </button>
          <Button
            type="text"
            size="small"
            icon={<SyncOutlined />}
            title={t('views.update')}
            aria-label={t('views.updateNamed', { name: view.name })}
            disabled={isSame(view.filters, filters) || Object.keys(filters).length === 0}
            onClick={() =>
              onChange(
                { do: 'change', view_id: view.view_id, patch: { filters } },
                t('views.saved'),
              )
            }
          />
          <Button
            type="text"
            size="small"
            icon={<EditOutlined />}
            aria-label={t('views.rename', { name: view.name })}
            onClick={() => onRename(view)}
          />
          <Button
            type="text"
            size="small"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('views.delete', { name: view.name })}
            onClick={() => void remove(view)}
          />
        </li>
      ))}
    </ul>
  )
}

function isSame(a: SavedView['filters'], b: SavedView['filters']): boolean {
  const names = Object.keys({ ...a, ...b })
  return names.every((name) => a[name] === b[name])
}
