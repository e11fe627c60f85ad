// Owns the page of the owner's webhooks.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Webhooks } from '../../../features/webhooks/webhooks.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'

export function WebhooksPage() {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader title={t('webhooks.title')} text={t('webhooks.text')}>
        <Button tone="primary" size="sm" onClick={() => setAdding(true)}>
          {t('webhooks.add')}
        </Button>
      </PageHeader>
      <Webhooks adding={adding} onAddingDone={() => setAdding(false)} />
    </>
  )
}
