// Owns what stands at an address of the office where nothing is.
import { useTranslation } from 'react-i18next'

import { LinkButton } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/states.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <EmptyState whole icon="search" title={t('states.notFound')} text={t('states.notFoundText')}>
      <LinkButton to="/office" tone="primary">
        {t('office.nav.today')}
      </LinkButton>
    </EmptyState>
  )
}
