// Owns one picture's way to the server: checked here for what is plain to see, sent, stopped, and what went wrong.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { uploadPicture } from '../../lib/office/upload.ts'

const MOST_BYTES = 10 * 1024 * 1024

interface Options {
  readonly onStored: (address: string) => void
  readonly onBusy: (busy: boolean) => void
}

export function usePictureUpload({ onStored, onBusy }: Options) {
  const { t } = useTranslation()
  /** How much is sent, from 0 to 1; null when nothing is. */
  const [part, setPart] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const running = useRef<AbortController>(null)

  const send = async (file: File) => {
    running.current?.abort()
    const wrong = !file.type.startsWith('image/')
      ? t('editor.picture.notPicture')
      : file.size > MOST_BYTES
        ? t('editor.picture.tooLarge')
        : null
    setFailure(wrong)
    if (wrong) return
    const own = new AbortController()
    running.current = own
    const current = () => running.current === own
    setPart(0)
    onBusy(true)
    try {
      const onProgress = (sent: number) => current() && setPart(sent)
      const stored = await uploadPicture(file, { onProgress, signal: own.signal })
      if (current()) onStored(stored.image_url)
    } catch (error) {
      if (current() && !own.signal.aborted) setFailure(String((error as Error).message))
    }
    if (!current()) return
    running.current = null
    setPart(null)
    onBusy(false)
  }

  usePastedPicture((file) => void send(file))
  useEffect(() => () => running.current?.abort(), [])
  return {
    part,
    failure,
    send: (file: File) => void send(file),
    stop: () => running.current?.abort(),
  }
}

/**
 * Anywhere on the page while the form is open: a picture can't be meant for another field. Spreadsheets put a
 * picture beside the text they copy: that is text.
 */
function usePastedPicture(onPicture: (file: File) => void): void {
  const latest = useRef(onPicture)
  useEffect(() => {
    latest.current = onPicture
  })
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData
      const file = [...(pasted?.files ?? [])].find(({ type }) => type.startsWith('image/'))
      if (!file || pasted?.types.includes('text/plain')) return
      event.preventDefault()
      latest.current(file)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
