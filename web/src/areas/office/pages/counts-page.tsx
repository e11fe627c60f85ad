// Owns the page of all counts.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { CountsList, StartCount } from '../../../features/inventory/counts-list.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './stacked.module.css'

const pathOf = (countId: number) => `/office/stock/counts/${countId}`

export function CountsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [starting, setStarting] = useState(false)
  return (
    <>
      <PageHeader title={t('office.nav.counts')} text={t('count.text')}>
        <Button tone="primary" size="sm" onClick={() => setStarting(true)}>
          {t('count.start')}
        </Button>
      </PageHeader>
      <div className={styles.stacked}>
        <CountsList pathOf={pathOf} />
      </div>
      <StartCount
        open={starting}
        onClose={() => setStarting(false)}
        onStarted={(countId) => void navigate(pathOf(countId))}
      />
    </>
  )
}
