// Owns showing recovery codes, once: to copy, to download, and gone when one says that they are safe.
import { useTranslation } from 'react-i18next'

import { Button } from '../../ui/button.tsx'
import { showFailure, showToast } from '../../ui/toast-store.ts'
import styles from './account.module.css'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { t } = useTranslation()
  const text = `${codes.join('\n')}\n`
  const copy = () =>
    navigator.clipboard
      .writeText(text)
      .then(() => showToast({ tone: 'good', text: t('security.codesCopied') }), showFailure)
  return (
    <div className={styles.stack}>
      <h3>{t('security.codesTitle')}</h3>
      <p>{t('security.codesText')}</p>
      <ol className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={styles.actions}>
        <Button onClick={() => void copy()}>{t('security.codesCopy')}</Button>
        <Button onClick={() => download(text, `${t('security.codesFile')}.txt`)}>
          {t('security.codesDownload')}
        </Button>
        <Button tone="primary" onClick={onDone}>
          {t('security.codesDone')}
        </Button>
      </div>
    </div>
  )
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
