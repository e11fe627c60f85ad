// Owns the page of one count.
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { CountWork } from '../../../features/inventory/count-work.tsx'
import { CountFacts } from '../../../features/inventory/counts-list.tsx'
import { useCount } from '../../../features/inventory/count-queries.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { NotFoundPage } from './not-found-page.tsx'

export function CountPage() {
  const countId = Number(useParams()['countId'])
  return Number.isSafeInteger(countId) && countId > 0 ? (
    <CountById key={countId} countId={countId} />
  ) : (
    <NotFoundPage />
  )
}

function CountById({ countId }: { countId: number }) {
  const { t } = useTranslation()
  const count = useCount(countId)
  if (count.isPending) return <Skeleton active />
  if (count.data === undefined) {
    return <ErrorState error={count.error} onRetry={() => void count.refetch()} />
  }
  if (count.data === null) return <NotFoundPage />
  return (
    <>
      <PageHeader
        title={t('count.titleOf', { id: countId })}
        back={{ to: '/office/stock/counts', label: t('count.back') }}
      />
      <p style={{ marginBottom: 'var(--space-4)' }}>
        {count.data.name && <strong>{count.data.name} </strong>}
        <CountFacts count={count.data} />
      </p>
      <CountWork count={count.data} />
    </>
  )
}
