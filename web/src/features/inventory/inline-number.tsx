// Owns a number in the table that becomes a field when it is pressed: Enter or leaving saves, Escape doesn't.
import { InputNumber } from 'antd'
import { useState } from 'react'

import styles from './inline-number.module.css'

interface InlineNumberProps {
  /** What it is of, as in `Price of “Cat food”`. */
  readonly label: string
  /** On the button, which is read without its column's head. */
  readonly buttonLabel: string
  readonly text: string
  readonly value: number
  readonly max: number
  readonly digits: number
  readonly onSave: (value: number) => void
}

export function InlineNumber({ label, buttonLabel, text, onSave, ...field }: InlineNumberProps) {
  const [typed, setTyped] = useState<number | null | undefined>(undefined)
  const { value, max, digits } = field
  if (typed === undefined) {
    return (
      <button
        type="button"
        className={styles.value}
        aria-label={buttonLabel}
        onClick={() => setTyped(value)}
      >
        {text}
      </button>
    )
  }
  const finish = () => {
    setTyped(undefined)
    if (typed !== null && typed !== value) onSave(typed)
  }
  return (
    <InputNumber
      className={styles.field ?? ''}
      size="small"
      aria-label={label}
      autoFocus
      controls={false}
      min={0}
      max={max}
      precision={digits}
      value={typed}
      onChange={setTyped}
      onFocus={(event) => event.target.select()}
      onPressEnter={finish}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setTyped(undefined)
      }}
    />
  )
}
