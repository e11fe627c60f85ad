// Owns the owner's view of the machinery: backlog, dead letters, and the store's size.
import { Card, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

import { BacklogTable } from '../../../features/system/backlog-table.tsx'
import { BrokerNumbers } from '../../../features/system/broker-numbers.tsx'
import { DeadLetters } from '../../../features/system/dead-letters.tsx'
import { DeadMails } from '../../../features/system/dead-mails.tsx'
import { useSystemState } from '../../../features/system/queries.ts'
import { RedisNumbers } from '../../../features/system/redis-numbers.tsx'
import { SystemNumbers } from '../../../features/system/system-numbers.tsx'
import { LinkButton } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import styles from './system-page.module.css'

export function SystemPage() {
  const { t } = useTranslation()
  const system = useSystemState()
  return (
    <div className={styles.page}>
      <PageHeader title={t('office.nav.system')} text={t('office.system.text')}>
        <span className={styles.links}>
          <LinkButton to="/office/audit" size="sm">
            {t('office.nav.audit')}
          </LinkButton>
          <LinkButton to="/office/backups" size="sm">
            {t('office.nav.backups')}
          </LinkButton>
        </span>
      </PageHeader>
      {system.isPending && <Skeleton active />}
      {!system.data && system.isError && (
        <ErrorState error={system.error} onRetry={() => void system.refetch()} />
      )}
      {system.data && (
        <>
          <SystemNumbers state={system.data} />
          <BrokerNumbers state={system.data} />
          <RedisNumbers state={system.data} />
          <Card title={t('office.system.groups')}>
            <BacklogTable groups={system.data.groups} at={system.dataUpdatedAt} />
          </Card>
          <Card title={t('office.system.deadLetters')}>
            <DeadLetters />
          </Card>
          <Card title={t('mails.title')}>
            <DeadMails />
          </Card>
        </>
      )}
    </div>
  )
}
