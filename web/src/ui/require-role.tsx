// Owns who may see a page: guests are sent to log in and come back; the wrong role is told so.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'

import type { Role } from '../../../src/lib/roles.ts'
import { useSession } from '../lib/session.ts'
import { LinkButton } from './button.tsx'
import { PageLoading } from './page-loading.tsx'
import { EmptyState, ErrorState } from './states.tsx'

export function RequireRole({ role, children }: { role: Role; children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  const session = useSession()

  if (!session.known) return <PageLoading />
  if (session.failed && !session.user) {
    return <ErrorState error={session.failed} onRetry={() => location.reload()} />
  }
  if (!session.user) {
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  }
  if (session.may(role)) return children
  return (
    <EmptyState whole icon="alert" title={t('states.forbidden')} text={t('states.forbiddenText')}>
      {session.may('clerk') ? (
        <LinkButton to="/office">{t('nav.toOffice')}</LinkButton>
      ) : (
        <LinkButton to="/">{t('nav.toShop')}</LinkButton>
      )}
    </EmptyState>
  )
}
