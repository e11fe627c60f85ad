// Owns two-step login's place on a page; what it is made of (the QR code) is fetched only where it is shown.
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

import { Card } from '../../ui/card.tsx'
import { SkeletonList } from '../../ui/skeleton.tsx'

const Panel = lazy(async () => ({
  default: (await import('./second-factor-panel.tsx')).SecondFactorPanel,
}))

interface SecondFactorCardProps {
  /** True while recovery codes are shown. */
  readonly onCodes?: (shown: boolean) => void
}

export function SecondFactorCard({ onCodes }: SecondFactorCardProps) {
  const { t } = useTranslation()
  return (
    <Card title={t('security.twoStep')}>
      <Suspense fallback={<SkeletonList count={1} height={56} />}>
        <Panel {...(onCodes && { onCodes })} />
      </Suspense>
    </Card>
  )
}
