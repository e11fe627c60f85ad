// Owns the latest receipts: when, from whom, how much, by whom.
import { Button, Card, Empty, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { useFormat } from '../../lib/format.ts'
import { ErrorState } from '../../ui/states.tsx'
import { useReceipts } from './document-queries.ts'
import styles from './receive-form.module.css'

export function PastReceipts() {
  const { t } = useTranslation()
  const { dateTime, number } = useFormat()
  const receipts = useReceipts()
  return (
    <Card title={t('receive.past')}>
      {receipts.loading && <Skeleton active />}
      {receipts.error && <ErrorState error={receipts.error} onRetry={receipts.retry} />}
      {!receipts.loading && !receipts.error && receipts.items.length === 0 && (
        <Empty description={t('receive.pastNone')} />
      )}
      {receipts.items.length > 0 && (
        <ul className={styles.lines}>
          {receipts.items.map((receipt) => (
            <li key={receipt.document_id}>
              <span className={styles.name}>
                #{receipt.document_id} {receipt.supplier}
                <small>
                  {[dateTime(receipt.created_at), receipt.actor, receipt.note]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </span>
              <span>
                {t('paper.lines', { count: receipt.lines })} · +{number(receipt.units)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {receipts.hasMore && (
        <Button loading={receipts.loadingMore} onClick={receipts.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </Card>
  )
}
