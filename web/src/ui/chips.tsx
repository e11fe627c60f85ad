// Owns a row of choices of which one holds; on a phone it scrolls sideways.
import styles from './chips.module.css'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

interface ChipsProps<T extends string> {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

export function Chips<T extends string>({ label, choices, value, onChange }: ChipsProps<T>) {
  return (
    <div className={styles.row} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={styles.chip}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
