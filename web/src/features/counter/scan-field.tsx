// Owns the field that scanners and people type into: codes are taken at once, names are suggested.
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { productName, useFormat } from '../../lib/format.ts'
import { useFound } from './catalogue.ts'
import type { TillProduct } from './draft.ts'
import styles from './scan-field.module.css'

const MOST = 8

interface ScanFieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly typed: string
  readonly onType: (text: string) => void
  readonly onPick: (product: TillProduct, quantity: number) => void
  /** The text in full, with Enter; it may be a code that isn't known here. */
  readonly onCode: (code: string, quantity: number) => void
  /** Arrows that choose among nothing. */
  readonly onMove: (step: 1 | -1) => void
}

export function ScanField({ field, typed, onType, onPick, onCode, onMove }: ScanFieldProps) {
  const { t } = useTranslation()
  const [active, setActive] = useState(-1)
  const { quantity, search } = readTyped(typed)
  const found = useFound(search, MOST)
  const pick = (product: TillProduct) => {
    setActive(-1)
    onPick(product, quantity)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (found.length === 0) onMove(step)
      else setActive((now) => Math.min(Math.max(now + step, 0), found.length - 1))
    } else if (event.key === 'Enter' && search !== '') {
      event.preventDefault()
      const chosen = found[active]
      if (chosen) return pick(chosen)
      // Looked up or not found, the next one is typed over it, never behind it.
      event.currentTarget.select()
      onCode(search, quantity)
    } else if (event.key === 'Escape' && typed !== '') {
      event.preventDefault()
      onType('')
    }
  }
  const listId = 'counter-suggestions'
  return (
    <div className={styles.frame}>
      <input
        ref={field}
        className={styles.input}
        data-codes
        role="combobox"
        aria-label={t('counter.scan')}
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={t('counter.choose')}
        value={typed}
        onChange={(event) => {
          setActive(-1)
          onType(event.target.value)
        }}
        onKeyDown={press}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label={t('counter.suggestions')}
        className={found.length > 0 ? styles.list : styles.none}
      >
        {found.map((product, index) => (
          <Suggestion
            key={product.product_id}
            id={`${listId}-${index}`}
            product={product}
            active={index === active}
            onPick={() => pick(product)}
          />
        ))}
      </ul>
    </div>
  )
}

interface SuggestionProps {
  readonly id: string
  readonly product: TillProduct
  readonly active: boolean
  readonly onPick: () => void
}

function Suggestion({ id, product, active, onPick }: SuggestionProps) {
  const { t } = useTranslation()
  const { money } = useFormat()
  return (
    <li
      id={id}
      role="option"
      aria-selected={active}
      className={styles.option}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span className={styles.name}>{productName(product)}</span>
      <span className={styles.sku}>{product.sku}</span>
      <span className={styles.stock}>{t('counter.available', { count: product.quantity })}</span>
      <strong>{money(product.price_cents)}</strong>
    </li>
  )
}

/** `3*6901234567892` is three of it. */
function readTyped(typed: string): { quantity: number; search: string } {
  const match = /^\s*(\d{1,4})\s*[*×＊](.*)$/.exec(typed)
  const quantity = Number(match?.[1] ?? '1')
  return match && quantity > 0
    ? { quantity, search: (match[2] ?? '').trim() }
    : { quantity: 1, search: typed.trim() }
}
