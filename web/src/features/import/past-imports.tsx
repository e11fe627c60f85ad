// Owns the imports of before: what they did, and undoing one.
import { Button, Card, Empty, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { PastImport } from '../../../../src/modules/inventory/imports-schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { ErrorState } from '../../ui/states.tsx'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import { KeptModal } from './kept-modal.tsx'
import { usePastImports, useUndoImport } from './past-queries.ts'
import styles from './import.module.css'

export function PastImports() {
  const { t } = useTranslation()
  const imports = usePastImports()
  const [kept, setKept] = useState<number | null>(null)
  return (
    <Card title={t('imports.past')}>
      {imports.loading && <Skeleton active />}
      {imports.error && <ErrorState error={imports.error} onRetry={imports.retry} />}
      {!imports.loading && !imports.error && imports.items.length === 0 && (
        <Empty description={t('imports.none')} />
      )}
      <ul className={styles.past}>
        {imports.items.map((item) => (
          <OneImport key={item.import_id} item={item} onKept={() => setKept(item.import_id)} />
        ))}
      </ul>
      {imports.hasMore && (
        <Button loading={imports.loadingMore} onClick={imports.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
      <KeptModal importId={kept} onClose={() => setKept(null)} />
    </Card>
  )
}

function OneImport({ item, onKept }: { item: PastImport; onKept: () => void }) {
  const { t } = useTranslation()
  const { dateTime, number } = useFormat()
  const { undone, kept } = item
  const hasBegun = item.undo_document_id !== null
  return (
    <li>
      <span className={styles.pastFacts}>
        {dateTime(item.created_at)} · {item.actor ?? t('imports.program')}
        <small>
          {t('imports.created')} {number(item.created)} · {t('imports.updated')}{' '}
          {number(item.updated)}
        </small>
      </span>
      {item.undone_at !== null && (
        <span>{kept === 0 ? t('imports.undoneAll') : t('imports.undone', { undone, kept })}</span>
      )}
      {hasBegun && kept > 0 && (
        <Button type="link" onClick={onKept}>
          {t('imports.showKept', { count: kept })}
        </Button>
      )}
      {item.undone_at === null && <UndoButton item={item} />}
    </li>
  )
}

interface UndoButtonProps {
  readonly item: Pick<PastImport, 'import_id' | 'undo_document_id'>
  readonly onUndone?: () => void
}

/** Broken off, it goes on where it was. */
export function UndoButton({ item, onUndone }: UndoButtonProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const undo = useUndoImport()
  const ask = async () => {
    const sure = await confirm({
      title: t('imports.undoSure'),
      text: t('imports.undoText'),
      ok: t('imports.undo'),
      cancel: t('bulk.close'),
    })
    if (!sure) return
    undo.mutate(item.import_id, {
      onSuccess: ({ undone, kept }) => {
        showToast({
          tone: 'good',
          text: kept === 0 ? t('imports.undoneAll') : t('imports.undone', { undone, kept }),
        })
        onUndone?.()
      },
      onError: showFailure,
    })
  }
  return (
    <Button danger loading={undo.isPending} onClick={() => void ask()}>
      {undo.isPending
        ? t('imports.undoing')
        : t(item.undo_document_id === null ? 'imports.undo' : 'imports.undoGoOn')}
    </Button>
  )
}
