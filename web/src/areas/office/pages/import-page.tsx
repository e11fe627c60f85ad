// Owns the page that brings a catalogue in from a file.
import { useTranslation } from 'react-i18next'

import { ImportWizard } from '../../../features/import/import-wizard.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'

export function ImportPage() {
  const { t } = useTranslation()
  return (
    <div style={{ maxWidth: 1040 }}>
      <PageHeader
        title={t('import.title')}
        back={{ to: '/office/stock', label: t('office.nav.stock') }}
      />
      <ImportWizard />
    </div>
  )
}
