// Owns a row of choices of which one holds; on a phone it scrolls sideways, to the one that holds.
import { useEffect, useRef } from 'react'

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
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const held = row.current?.querySelector<HTMLElement>('[aria-pressed="true"]')
    if (row.current && held) row.current.scrollLeft = placeInSight(row.current, held)
  }, [value, choices.length])
  return (
    <div ref={row} className={styles.row} role="group" aria-label={label}>
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

/** How far the row is scrolled when the chip is in its middle. */
function placeInSight(row: HTMLElement, chip: HTMLElement): number {
  const [outer, inner] = [row.getBoundingClientRect(), chip.getBoundingClientRect()]
  return row.scrollLeft + inner.left - outer.left - (outer.width - inner.width) / 2
}
