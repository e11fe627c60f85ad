// Owns the page of the owner's backups.
import { useTranslation } from 'react-i18next'

import { Backups } from '../../../features/backups/backups.tsx'
import { useSystemState } from '../../../features/system/queries.ts'
import { PageHeader } from '../../../ui/page-header.tsx'

export function BackupsPage() {
  const { t } = useTranslation()
  const system = useSystemState()
  return (
    <>
      <PageHeader title={t('backups.title')} />
      <Backups engine={system.data?.store.engine} />
    </>
  )
}
