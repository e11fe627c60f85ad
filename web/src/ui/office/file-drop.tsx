// Owns choosing one file: by a button, or by dropping it on the frame.
import { type DragEvent, type ReactNode, useRef, useState } from 'react'

import styles from './file-drop.module.css'

interface FileDropProps {
  /** Of the file field, for those who don't see the frame. */
  readonly label: string
  /** As in `image/png,.csv`. */
  readonly accept: string
  readonly onFile: (file: File) => void
  readonly disabled?: boolean
  /** `choose` opens the browser's dialog. */
  readonly children: (choose: () => void) => ReactNode
}

export function FileDrop({ label, accept, onFile, disabled = false, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (file: File | undefined) => {
    if (file && !disabled) onFile(file)
  }
  const onDrag = (event: DragEvent, entered: boolean) => {
    event.preventDefault()
    setOver(entered && !disabled)
  }
  return (
    <div
      className={over ? `${styles.frame} ${styles.over}` : styles.frame}
      onDragOver={(event) => onDrag(event, true)}
      onDragLeave={(event) => onDrag(event, false)}
      onDrop={(event) => {
        onDrag(event, false)
        take(event.dataTransfer.files[0])
      }}
    >
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        disabled={disabled}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file, corrected, is a change again.
          event.target.value = ''
          take(file)
        }}
      />
      {children(() => input.current?.click())}
    </div>
  )
}
