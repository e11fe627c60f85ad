// Owns the board of open orders: four columns, on a phone one at a time.
import { Grid, Segmented, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { BoardColumn } from '../../../features/orders/board-column.tsx'
import { useBoardCounts } from '../../../features/orders/board-counts.ts'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './board-page.module.css'

const open = ['pending', 'confirmed', 'ready', 'shipped'] as const

export function BoardPage() {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  return (
    <>
      <PageHeader title={t('office.nav.board')} />
      {wide ? <Columns shown={open} /> : <OneColumn />}
    </>
  )
}

function OneColumn() {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const { first, textOf } = useBoardCounts(open)
  const chosen = address.oneOf('status', open) ?? first
  if (chosen === null) return <Skeleton active />
  return (
    <>
      <Segmented
        block
        className={styles.choice ?? ''}
        value={chosen}
        options={open.map((value) => ({
          value,
          label: (
            <>
              {t(`order.status.${value}`)} <span className={styles.count}>{textOf(value)}</span>
            </>
          ),
        }))}
        onChange={(status) => address.set({ status })}
      />
      <Columns shown={[chosen]} />
    </>
  )
}

function Columns({ shown }: { shown: readonly (typeof open)[number][] }) {
  const address = useUrlFilters()
  return (
    <div className={styles.board}>
      {shown.map((status) => (
        <BoardColumn
          key={status}
          status={status}
          onOpen={(orderId) => address.set({ order: String(orderId) })}
        />
      ))}
    </div>
  )
}
