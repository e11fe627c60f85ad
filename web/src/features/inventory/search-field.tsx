// Owns the customers' search: what is typed is completed as one types, by mouse, touch or keys alone.
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Icon } from '../../ui/icon.tsx'
import box from '../../ui/search-box.module.css'
import { forgetSearches, rememberSearch } from './recent-searches.ts'
import styles from './search-field.module.css'
import { OptionView } from './search-option.tsx'
import { type SearchOption, useSearchOptions } from './suggestions.ts'

interface SearchFieldProps {
  readonly label: string
  /** What the list below is searched by. */
  readonly value: string
  readonly onSearch: (text: string) => void
  readonly onCategory: (category: string) => void
  readonly onProduct: (productId: number) => void
}

export function SearchField({ label, value, ...on }: SearchFieldProps) {
  const { t } = useTranslation()
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useTyped(value)
  const [open, setOpen] = useState(false)
  /** What the arrow keys are on; none while one types. */
  const [active, setActive] = useState(-1)
  const options = useSearchOptions(typed.trim(), open)
  const shown = open && options.length > 0
  const current = shown ? options[active] : undefined

  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const search = (text: string) => {
    close()
    setTyped(text)
    rememberSearch(text)
    on.onSearch(text)
  }
  const choose = (option: SearchOption) => {
    if (option.kind === 'forget') return forgetSearches()
    if (option.kind === 'recent' || option.kind === 'all') return search(option.text)
    rememberSearch(typed.trim())
    close()
    if (option.kind === 'product') return on.onProduct(option.product.product_id)
    setTyped('')
    on.onCategory(option.category)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The keys choose among an input method's own words.
    if (event.nativeEvent.isComposing) return
    const step = STEPS[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      setActive(nextActive(active, step, options.length))
    } else if (event.key === 'Enter' && current) {
      event.preventDefault()
      choose(current)
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      close()
    }
  }
  const clear = () => {
    field.current?.focus()
    // Whoever clears may want the list below as well: what was searched before would cover it.
    search('')
  }
  return (
    <form
      role="search"
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault()
        search(typed.trim())
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      <div className={box.box}>
        <Icon name="search" size={20} />
        <input
          ref={field}
          type="search"
          role="combobox"
          enterKeyHint="search"
          autoComplete="off"
          aria-label={label}
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={current ? `${listId}-${active}` : undefined}
          placeholder={label}
          maxLength={100}
          value={typed}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setTyped(event.target.value)
            setOpen(true)
            setActive(-1)
          }}
        />
        {typed !== '' && (
          <button type="button" aria-label={t('actions.clear')} onClick={clear}>
            <Icon name="close" size={18} />
          </button>
        )}
      </div>
      <ul
        id={listId}
        role="listbox"
        aria-label={t(typed.trim() === '' ? 'catalogue.recent' : 'catalogue.suggestions')}
        className={styles.options}
        hidden={!shown}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {options.map((option, index) => (
          <OptionView
            key={keyOf(option)}
            id={`${listId}-${index}`}
            option={option}
            active={index === active}
            onChoose={() => choose(option)}
          />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {shown && typed.trim() !== ''
          ? t('catalogue.suggestionCount', { count: options.length - 1 })
          : ''}
      </p>
    </form>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Round, by way of none: the typed text itself. */
function nextActive(active: number, step: number, count: number): number {
  const places = count + 1
  return ((active + 1 + step + places) % places) - 1
}

/** What stands in the field; it follows the address when that changes otherwise: "back", or a link. */
function useTyped(value: string) {
  const [typed, setTyped] = useState(value)
  const [applied, setApplied] = useState(value)
  if (value !== applied) {
    setApplied(value)
    setTyped(value)
  }
  return [typed, setTyped] as const
}

function keyOf(option: SearchOption): string {
  switch (option.kind) {
    case 'product':
      return `product ${option.product.product_id}`
    case 'category':
      return `category ${option.category}`
    case 'recent':
      return `recent ${option.text}`
    case 'all':
    case 'forget':
      return option.kind
  }
}
