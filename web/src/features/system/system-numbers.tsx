// Owns the system's numbers at a glance: store, event log, live connections, waiting orders.
import { Card, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SystemState } from '../../../../src/modules/system/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './system.module.css'

export function SystemNumbers({ state }: { state: SystemState }) {
  const { t } = useTranslation()
  const { bytes, number, dateTime } = useFormat()
  const numbers = [
    [t('office.system.store'), bytes(state.store.bytes), state.store.engine],
    [t('office.system.wal'), bytes(state.store.wal_bytes), ''],
    [t('office.system.unsent'), number(state.event_log.unsent), state.event_log.engine],
    [t('office.system.clients'), number(state.sse_clients), ''],
    [
      t('office.system.queue'),
      number(state.order_queue.waiting),
      t('office.system.oldest', { ms: state.order_queue.oldest_ms }),
    ],
    [t('office.system.version'), state.version, dateTime(state.started_at)],
  ] as const
  return (
    <div className={styles.numbers}>
      {numbers.map(([name, value, detail]) => (
        <Card key={name} size="small">
          <Statistic title={name} value={value} formatter={(shown) => shown} />
          <p className={styles.detail}>{detail}</p>
        </Card>
      ))}
    </div>
  )
}
