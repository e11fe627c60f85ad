// Owns what the owner sees of an event log outside of the database: is it there, and what lies in it.
import { Alert, Card, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SystemState } from '../../../../src/modules/system/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './system.module.css'

export function BrokerNumbers({ state }: { state: SystemState }) {
  const { t } = useTranslation()
  const { number } = useFormat()
  const { broker } = state.event_log
  if (!broker) return null
  if (!broker.up) return <Alert type="warning" showIcon title={t('office.system.brokerAway')} />
  return (
    <div className={styles.numbers}>
      {broker.streams.map(({ stream, length, dead }) => (
        <Card key={stream} size="small">
          <Statistic
            title={t('office.system.brokerStream', { stream })}
            value={number(length)}
            formatter={(shown) => shown}
          />
          <p className={styles.detail}>{t('office.system.brokerDead', { count: dead })}</p>
        </Card>
      ))}
    </div>
  )
}
