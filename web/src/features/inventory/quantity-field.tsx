// Owns a whole number that is typed: what can't be one, such as a code scanned into the wrong field, is taken back.
import { InputNumber } from 'antd'
import { useState } from 'react'

/** More digits than any quantity has. */
const LONGEST = 7

interface QuantityFieldProps {
  readonly label: string
  readonly value: number | null
  readonly least: number
  readonly disabled?: boolean
  readonly onChange: (value: number) => void
  /** Enter, after the value was taken: where the next scan goes. */
  readonly onDone: () => void
  readonly onWrong: () => void
}

export function QuantityField({ label, value, least, ...rest }: QuantityFieldProps) {
  const { disabled = false, onChange, onDone, onWrong } = rest
  const [typed, setTyped] = useState<string | null>(null)
  const finish = () => {
    if (typed === null) return
    setTyped(null)
    const text = typed.trim()
    if (text === '') return
    const units = Number(text)
    if (text.length > LONGEST || !Number.isSafeInteger(units) || units < least) onWrong()
    else if (units !== value) onChange(units)
  }
  return (
    <InputNumber<string>
      aria-label={label}
      controls={false}
      stringMode
      disabled={disabled}
      style={{ width: 90 }}
      value={typed ?? (value === null ? '' : String(value))}
      onInput={setTyped}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onPressEnter={() => {
        finish()
        onDone()
      }}
    />
  )
}
