// Owns naming the products that stay as they are when an import is undone, each with its reason.
import { Button, Modal, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { productName } from '../../lib/format.ts'
import { ErrorState } from '../../ui/states.tsx'
import styles from './import.module.css'
import { useKept } from './past-queries.ts'

interface KeptModalProps {
  readonly importId: number | null
  readonly onClose: () => void
}

export function KeptModal({ importId, onClose }: KeptModalProps) {
  const { t } = useTranslation()
  return (
    <Modal
      title={t('imports.kept')}
      open={importId !== null}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {importId !== null && <Kept importId={importId} />}
    </Modal>
  )
}

function Kept({ importId }: { importId: number }) {
  const { t } = useTranslation()
  const kept = useKept(importId)
  if (kept.loading) return <Skeleton active />
  if (kept.error) return <ErrorState error={kept.error} onRetry={kept.retry} />
  return (
    <>
      <ul className={styles.past}>
        {kept.items.map((product) => (
          <li key={product.product_id}>
            <span className={styles.pastFacts}>
              {productName(product)}
              <small>{product.sku}</small>
            </span>
            <span>{t(`imports.keptReasons.${product.outcome}`)}</span>
          </li>
        ))}
      </ul>
      {kept.hasMore && (
        <Button loading={kept.loadingMore} onClick={kept.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </>
  )
}
