// Owns typing a search: it is applied after a short pause or at once with Enter.
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Icon } from './icon.tsx'
import styles from './search-box.module.css'

const pauseMs = 300

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onSearch: (value: string) => void
  /** Also with Enter, after the search is applied. */
  readonly onEnter?: (value: string) => void
}

export function SearchBox({ label, value, onSearch, onEnter }: SearchBoxProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const [applied, setApplied] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // While an input method composes (pinyin), what stands in the field isn't a search yet.
  const composing = useRef(false)

  // The address changed otherwise than by typing here: "back", or a link.
  if (value !== applied) {
    setApplied(value)
    setTyped(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const apply = (next: string) => {
    clearTimeout(timer.current)
    setApplied(next.trim())
    onSearch(next.trim())
  }
  const type = (next: string) => {
    setTyped(next)
    clearTimeout(timer.current)
    if (!composing.current) timer.current = setTimeout(() => apply(next), pauseMs)
  }

  return (
    <form
      role="search"
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault()
        apply(typed)
        if (typed.trim() !== '') onEnter?.(typed.trim())
      }}
    >
      <Icon name="search" size={20} />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        value={typed}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false
          type(event.currentTarget.value)
        }}
        onChange={(event) => type(event.target.value)}
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label={t('actions.clear')}
          onClick={() => {
            setTyped('')
            apply('')
          }}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </form>
  )
}
