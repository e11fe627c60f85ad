// Owns the page on which goods are received by scanning.
import { useTranslation } from 'react-i18next'

import { PastReceipts } from '../../../features/inventory/past-receipts.tsx'
import { ReceiveForm } from '../../../features/inventory/receive-form.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import styles from './stacked.module.css'

export function ReceivePage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('office.nav.receive')} text={t('receive.text')} />
      <div className={styles.stacked}>
        <ReceiveForm />
        <PastReceipts />
      </div>
    </>
  )
}
