// Owns the page of the shop's settings.
import { useTranslation } from 'react-i18next'

import { SettingsForm } from '../../../features/shop/settings-form.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'

export function SettingsPage() {
  const { t } = useTranslation()
  return (
    <div style={{ maxWidth: 860 }}>
      <PageHeader title={t('office.nav.settings')} />
      <SettingsForm />
    </div>
  )
}
