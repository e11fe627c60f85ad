// Owns the shop's logo in the form: uploaded by choosing or dropping, shown as the pages will, and removed.
import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { uploadPicture } from '../../lib/office/upload.ts'
import { FileDrop } from '../../ui/office/file-drop.tsx'
import styles from './settings.module.css'

const ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/avif,image/bmp'
const MOST_BYTES = 10 * 1024 * 1024

interface LogoFieldProps {
  // Given by the form's item around it.
  readonly value?: string | null
  readonly onChange?: (url: string | null) => void
}

export function LogoField({ value = null, onChange }: LogoFieldProps) {
  const { t } = useTranslation()
  const { part, failure, send } = useLogoUpload((url) => onChange?.(url))
  return (
    <>
      <FileDrop
        label={t('shopSettings.logoFile')}
        accept={ACCEPT}
        disabled={part !== null}
        onFile={send}
      >
        {(choose) => (
          <div className={styles.logo}>
            <div className={styles.logoPicture}>
              {value === null ? (
                <span>{t('shopSettings.logoNone')}</span>
              ) : (
                <img src={value} alt={t('shopSettings.logo')} />
              )}
            </div>
            <div className={styles.logoTools}>
              <div className={styles.buttons}>
                <Button onClick={choose} loading={part !== null}>
                  {t(value === null ? 'shopSettings.logoChoose' : 'shopSettings.logoReplace')}
                </Button>
                {value !== null && (
                  <Button type="text" danger onClick={() => onChange?.(null)}>
                    {t('shopSettings.logoRemove')}
                  </Button>
                )}
              </div>
              {part === null ? <p>{t('shopSettings.logoDrop')}</p> : <Sending part={part} />}
            </div>
          </div>
        )}
      </FileDrop>
      {failure !== null && (
        <Alert
          type="error"
          showIcon
          title={t('shopSettings.logoFailed', { reason: failure })}
          className={styles.failure ?? ''}
        />
      )}
    </>
  )
}

function Sending({ part }: { part: number }) {
  const { t } = useTranslation()
  const percent = Math.floor(part * 100)
  const words =
    percent < 100 ? t('shopSettings.logoSending', { percent }) : t('shopSettings.logoWorking')
  return (
    <div role="status">
      {words}
      <Progress percent={percent} showInfo={false} size="small" aria-label={words} />
    </div>
  )
}

function useLogoUpload(onStored: (url: string) => void) {
  const { t } = useTranslation()
  /** How much is sent, from 0 to 1; null when nothing is. */
  const [part, setPart] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const send = async (file: File) => {
    const wrong = !file.type.startsWith('image/')
      ? t('shopSettings.logoNotPicture')
      : file.size > MOST_BYTES
        ? t('shopSettings.logoTooLarge')
        : null
    setFailure(wrong)
    if (wrong !== null) return
    const { signal } = (running.current = new AbortController())
    setPart(0)
    try {
      onStored((await uploadPicture(file, { onProgress: setPart, signal })).image_url)
    } catch (error) {
      if (!signal.aborted) setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setPart(null)
    }
  }
  return { part, failure, send: (file: File) => void send(file) }
}
