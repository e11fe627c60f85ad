// Owns choosing a quantity by steps or by typing it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Icon } from './icon.tsx'
import styles from './stepper.module.css'

interface StepperProps {
  /** What is counted, for screen readers. */
  readonly label: string
  readonly value: number
  readonly max: number
  readonly onChange: (value: number) => void
}

export function Stepper({ label, value, max, onChange }: StepperProps) {
  const { t } = useTranslation()
  // While typing, the field may hold what isn't a quantity yet.
  const [typed, setTyped] = useState<string | null>(null)
  const set = (next: number) => onChange(Math.min(Math.max(next, 1), Math.max(max, 1)))
  const leave = () => {
    if (typed !== null && /^\d{1,5}$/.test(typed)) set(Number(typed))
    setTyped(null)
  }
  return (
    <div className={styles.stepper} role="group" aria-label={label}>
      <button
        type="button"
        onClick={() => set(value - 1)}
        disabled={value <= 1}
        aria-label={t('actions.less')}
      >
        <Icon name="minus" size={18} />
      </button>
      <input
        inputMode="numeric"
        aria-label={label}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && leave()}
      />
      <button
        type="button"
        onClick={() => set(value + 1)}
        disabled={value >= max}
        aria-label={t('actions.more')}
      >
        <Icon name="plus" size={18} />
      </button>
    </div>
  )
}
