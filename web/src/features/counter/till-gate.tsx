// Owns opening the till: in one tab, with the sale at hand that the device has kept.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { Key } from './key-button.tsx'
import { useKeys } from './keys.ts'
import { TillScreen, type TillScreenProps } from './till.tsx'
import { useTillLock } from './till-lock.ts'
import { type KeptDraft, readDraft } from './use-draft.ts'

type TillGateProps = Omit<TillScreenProps, 'kept'>

export function TillGate(props: TillGateProps) {
  const { place, takeOver } = useTillLock()
  switch (place) {
    case 'asking':
      return null
    case 'here':
      return <OpenTill {...props} />
    case 'elsewhere':
      return <OtherTab onTakeOver={takeOver} />
  }
}

function OtherTab({ onTakeOver }: { onTakeOver: () => void }) {
  const { t } = useTranslation()
  useKeys({ Enter: onTakeOver })
  return (
    <EmptyState whole icon="store" title={t('counter.elsewhere')} text={t('counter.elsewhereText')}>
      <Button tone="primary" onClick={onTakeOver} aria-keyshortcuts="Enter">
        {t('counter.takeOver')} <Key name="Enter" />
      </Button>
    </EmptyState>
  )
}

function OpenTill(props: TillGateProps) {
  const { t } = useTranslation()
  const [kept, setKept] = useState<KeptDraft | null>(null)
  useEffect(() => {
    let isGone = false
    void readDraft().then((found) => {
      if (isGone) return
      setKept(found)
      if (found.wasFinished) showToast({ tone: 'info', text: t('counter.alreadyDone') })
    })
    // A browser that runs out of room must not make some with sales that wait.
    void (navigator as { storage?: StorageManager }).storage?.persist?.().catch(() => undefined)
    return () => {
      isGone = true
    }
    // Read once, whatever the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return kept && <TillScreen {...props} kept={kept.draft} />
}
