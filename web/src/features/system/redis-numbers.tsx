// Owns what the owner sees of Redis and of the caches: is it there, is it well, and what does it save.
import { Alert, Card, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'

import type { SystemState } from '../../../../src/modules/system/schema.ts'
import { useFormat } from '../../lib/format.ts'
import styles from './system.module.css'

export function RedisNumbers({ state }: { state: SystemState }) {
  const { t } = useTranslation()
  const groups = [useRedisNumbers(state.redis), useCacheNumbers(state.caches)]
  const warnings = state.redis?.warnings ?? []
  return (
    <>
      {state.redis?.up === false && (
        <Alert type="warning" showIcon title={t('office.system.redis.away')} />
      )}
      {warnings.map((warning) => (
        <Alert
          key={warning}
          type="warning"
          showIcon
          title={t(`office.system.redis.warnings.${warning}`)}
        />
      ))}
      {groups
        .filter((numbers) => numbers.length > 0)
        .map((numbers) => (
          <div key={numbers[0]?.[0]} className={styles.numbers}>
            {numbers.map(([name, value, detail]) => (
              <Card key={name} size="small">
                <Statistic title={name} value={value} formatter={(shown) => shown} />
                <p className={styles.detail}>{detail}</p>
              </Card>
            ))}
          </div>
        ))}
    </>
  )
}

type Numbers = (readonly [name: string, value: string, detail: string])[]

function useRedisNumbers(redis: SystemState['redis']): Numbers {
  const { t } = useTranslation()
  const { bytes, number, percent } = useFormat()
  if (!redis?.server) return []
  const { server } = redis
  const limit = server.max_memory_bytes > 0 ? bytes(server.max_memory_bytes) : '∞'
  return [
    [
      t('office.system.redis.memory'),
      bytes(server.used_memory_bytes),
      t('office.system.redis.limit', { limit, policy: server.max_memory_policy }),
    ],
    [
      t('office.system.redis.hitRate'),
      percent(server.hit_rate),
      t('office.system.redis.evicted', { count: server.evicted_keys }),
    ],
    [
      t('office.system.redis.clients'),
      number(server.connected_clients),
      t(server.aof_enabled ? 'office.system.redis.aofOn' : 'office.system.redis.aofOff'),
    ],
    [
      t('office.system.redis.calls'),
      number(redis.calls),
      t('office.system.redis.failed', { count: redis.calls_failed }),
    ],
  ]
}

function useCacheNumbers(caches: SystemState['caches']): Numbers {
  const { t } = useTranslation()
  const { number, percent } = useFormat()
  return caches.map(({ name, hits, misses, errors }) => {
    const asked = hits + misses + errors
    return [
      t(`office.system.caches.${name}`, name),
      asked === 0 ? '–' : percent(hits / asked),
      t('office.system.caches.asked', { asked: number(asked), errors: number(errors) }),
    ]
  })
}
