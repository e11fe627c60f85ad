// Owns a product's pictures in the form: uploaded by choosing, dropping or pasting, or at addresses elsewhere, in the
// order in which customers see them.
import { Alert, Button, Input, Progress, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { MAX_IMAGES } from '../../../../src/lib/selling.ts'
import { FileDrop } from '../../ui/office/file-drop.tsx'
import styles from './picture-field.module.css'
import { PictureTile } from './picture-tile.tsx'
import { usePictureUpload } from './picture-upload.ts'

const ACCEPT = 'image/jpeg,image/png,image/webp,image/bmp'
const ADDRESS = /^(\/|https:\/\/)/

interface PictureFieldProps {
  /** Given by the form. */
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (addresses: readonly string[]) => void
  /** The form can't be saved with a picture on its way. */
  readonly onBusy: (busy: boolean) => void
}

export function PictureField({ id, value = [], onChange, onBusy }: PictureFieldProps) {
  const { t } = useTranslation()
  const add = (address: string) => onChange?.([...value.filter((one) => one !== address), address])
  const upload = usePictureUpload({ onStored: add, onBusy })
  const { part } = upload
  const isFull = value.length >= MAX_IMAGES
  return (
    <div className={styles.field} id={id}>
      {value.length > 0 && (
        <ol className={styles.tiles} aria-label={t('editor.picture.list')}>
          {value.map((address, index) => (
            <li key={address}>
              <PictureTile
                address={address}
                index={index}
                count={value.length}
                onMove={(to) => onChange?.(moved(value, index, to))}
                onRemove={() => onChange?.(value.filter((one) => one !== address))}
              />
            </li>
          ))}
        </ol>
      )}
      {isFull ? (
        <p className={styles.hint}>{t('editor.picture.full', { count: MAX_IMAGES })}</p>
      ) : (
        <FileDrop label={t('editor.picture.file')} accept={ACCEPT} onFile={upload.send}>
          {(choose) => (
            <div className={styles.row}>
              {part === null ? (
                <Button onClick={choose}>
                  {t(value.length > 0 ? 'editor.picture.another' : 'editor.picture.choose')}
                </Button>
              ) : (
                <Sending part={part} onStop={upload.stop} />
              )}
              <p className={styles.hint}>{t('editor.picture.drop')}</p>
            </div>
          )}
        </FileDrop>
      )}
      {upload.failure && <Alert type="error" showIcon title={upload.failure} />}
      {!isFull && <AddressField onAdd={add} />}
    </div>
  )
}

/** A picture that lies elsewhere. */
function AddressField({ onAdd }: { onAdd: (address: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const address = typed.trim()
  const isWrong = address !== '' && !ADDRESS.test(address)
  if (!open) {
    return (
      <Button type="link" className={styles.toggle ?? ''} onClick={() => setOpen(true)}>
        {t('editor.picture.useAddress')}
      </Button>
    )
  }
  const add = () => {
    if (address === '' || isWrong) return
    onAdd(address)
    setTyped('')
  }
  return (
    <>
      <Space.Compact block>
        <Input
          aria-label={t('editor.picture.address')}
          maxLength={500}
          placeholder="https://"
          value={typed}
          {...(isWrong && { status: 'error' as const })}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={(event) => {
            // Enter would save the whole form.
            event.preventDefault()
            add()
          }}
        />
        <Button disabled={address === '' || isWrong} onClick={add}>
          {t('editor.picture.add')}
        </Button>
      </Space.Compact>
      {isWrong && <p role="alert">{t('office.pictureWrong')}</p>}
    </>
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

function moved(list: readonly string[], from: number, to: number): readonly string[] {
  const [one] = list.slice(from, from + 1)
  return one === undefined ? list : list.toSpliced(from, 1).toSpliced(to, 0, one)
}
