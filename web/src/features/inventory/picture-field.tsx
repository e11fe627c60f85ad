// Owns a product's picture in the form: uploaded by choosing, dropping or pasting, or at an address elsewhere.
import { Alert, Button, Input, Progress, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FileDrop } from '../../ui/office/file-drop.tsx'
import { Picture } from '../../ui/picture.tsx'
import styles from './picture-field.module.css'
import { usePictureUpload } from './picture-upload.ts'

const ACCEPT = 'image/jpeg,image/png,image/webp,image/bmp'

interface PictureFieldProps {
  /** Given by the form. */
  readonly id?: string
  readonly value?: string
  readonly onChange?: (address: string) => void
  /** The form can't be saved with a picture on its way. */
  readonly onBusy: (busy: boolean) => void
}

export function PictureField({ id, value = '', onChange, onBusy }: PictureFieldProps) {
  const { t } = useTranslation()
  const upload = usePictureUpload({ onStored: (address) => onChange?.(address), onBusy })
  const [typing, setTyping] = useState(false)
  const { part } = upload
  return (
    <div className={styles.field}>
      <FileDrop label={t('editor.picture.file')} accept={ACCEPT} onFile={upload.send}>
        {(choose) => (
          <div className={styles.row}>
            <span className={styles.preview}>
              <Picture src={value || null} alt={t('editor.picture.label')} />
            </span>
            <div className={styles.actions}>
              {part === null ? (
                <Space wrap>
                  <Button onClick={choose}>
                    {t(value ? 'editor.picture.replace' : 'editor.picture.choose')}
                  </Button>
                  {value && (
                    <Button type="text" danger onClick={() => onChange?.('')}>
                      {t('editor.picture.remove')}
                    </Button>
                  )}
                </Space>
              ) : (
                <Sending part={part} onStop={upload.stop} />
              )}
              <p className={styles.hint}>{t('editor.picture.drop')}</p>
            </div>
          </div>
        )}
      </FileDrop>
      {upload.failure && <Alert type="error" showIcon title={upload.failure} />}
      {typing ? (
        <Input
          id={id}
          aria-label={t('editor.picture.address')}
          maxLength={500}
          placeholder="https://"
          value={value}
          onChange={(event) => onChange?.(event.target.value)}
        />
      ) : (
        <Button type="link" className={styles.toggle} onClick={() => setTyping(true)}>
          {t('editor.picture.useAddress')}
        </Button>
      )}
    </div>
  )
}

function Sending({ part, onStop }: { part: number; onStop: () => void }) {
  const { t } = useTranslation()
  const percent = Math.floor(part * 100)
  const words =
    percent < 100 ? t('editor.picture.sending', { percent }) : t('editor.picture.working')
  return (
    <div role="status">
      {words}
      <Progress percent={percent} showInfo={false} size="small" aria-label={words} />
      <Button size="small" onClick={onStop}>
        {t('editor.picture.stop')}
      </Button>
    </div>
  )
}
