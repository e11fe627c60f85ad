// Owns the board of open orders: four columns, on a phone one at a time.
import { Grid, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

import { BoardColumn } from '../../../features/orders/board-column.tsx'
import { useUrlFilters } from '../../../lib/url-filters.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './board-page.module.css'

const open = ['pending', 'confirmed', 'ready', 'shipped'] as const

export function BoardPage() {
  const { t } = useTranslation()
  const address = useUrlFilters()
  const wide = Grid.useBreakpoint().md ?? true
  const chosen = address.oneOf('status', open) ?? 'pending'
  const shown = wide ? open : [chosen]
  return (
    <>
      <PageHeader title={t('office.nav.board')} />
      {!wide && (
        <Segmented
          block
          className={styles.choice}
          value={chosen}
          options={open.map((value) => ({ value, label: t(`order.status.${value}`) }))}
          onChange={(status) => address.set({ status })}
        />
      )}
      <div className={styles.board}>
        {shown.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            onOpen={(orderId) => address.set({ order: String(orderId) })}
          />
        ))}
      </div>
    </>
  )
}
