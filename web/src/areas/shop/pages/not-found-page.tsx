// Owns what stands at an address where nothing is.
import { useTranslation } from 'react-i18next'

import { useDocumentTitle } from '../../../lib/document-title.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/states.tsx'

export function NotFoundPage() {
  const { t } = useTranslation()
  useDocumentTitle(t('states.notFound'))
  return (
    <EmptyState whole icon="search" title={t('states.notFound')} text={t('states.notFoundText')}>
      <LinkButton to="/" tone="primary">
        {t('nav.toShop')}
      </LinkButton>
    </EmptyState>
  )
}
