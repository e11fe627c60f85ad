// Owns one column of the board: the open orders of one status, oldest duty visible by its time.
import { Empty, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { OrderStatus } from '../../../../src/modules/orders/schema.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { BoardCard } from './board-card.tsx'
import styles from './board.module.css'
import { useBoardColumn } from './queries.ts'

interface BoardColumnProps {
  readonly status: OrderStatus
  readonly onOpen: (orderId: number) => void
}

export function BoardColumn({ status, onOpen }: BoardColumnProps) {
  const { t } = useTranslation()
  const column = useBoardColumn(status)
  const [since] = useState(() => new Date().toISOString())
  const orders = column.data?.items ?? []
  const more = column.data?.next_cursor != null
  return (
    <section className={styles.column} aria-label={t(`order.status.${status}`)}>
      <h2 className={styles.title}>
        {t(`order.status.${status}`)}
        <span className={styles.count}>
          {orders.length}
          {more && '+'}
        </span>
      </h2>
      {column.isPending && <Skeleton active />}
      {column.isError && !column.data && (
        <LoadFailure error={column.error} onRetry={column.refetch} />
      )}
      {column.data && orders.length === 0 && <Empty description={t('office.columnEmpty')} />}
      <ul className={styles.cards}>
        {orders.map((order) => (
          <li key={order.order_id}>
            <BoardCard
              order={order}
              fresh={order.created_at > since}
              onOpen={() => onOpen(order.order_id)}
            />
          </li>
        ))}
      </ul>
      {more && <p className={styles.more}>{t('office.columnMore')}</p>}
    </section>
  )
}
