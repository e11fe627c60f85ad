// Owns the command palette: type a little, choose with the arrows, Enter opens. Focus never leaves the field.
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { useDebounced } from '../../lib/use-debounced.ts'
import { type Find, findPages, type PalettePage, useFinds } from './finds.ts'
import { PaletteList } from './palette-list.tsx'
import styles from './palette.module.css'

interface PaletteProps {
  readonly pages: readonly PalettePage[]
  readonly onGo: (path: string) => void
  readonly onClose: () => void
}

export function Palette({ pages, onGo, onClose }: PaletteProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    field.current?.focus()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={t('palette.open')}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <Search pages={pages} field={field} onGo={onGo} />
    </dialog>
  )
}

interface SearchProps extends Pick<PaletteProps, 'pages' | 'onGo'> {
  readonly field: React.RefObject<HTMLInputElement | null>
}

function Search({ pages, field, onGo }: SearchProps) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const { groups, busy, error } = useGroups(pages, typed)
  const all = groups.flatMap((group) => group.finds)
  const { active, choose, onKeyDown } = useChoice(all, busy, onGo)
  const idOf = (find: Find) => `${id}-${find.key}`
  return (
    <div className={styles.body}>
      <input
        ref={field}
        className={styles.field}
        role="combobox"
        aria-label={t('palette.field')}
        placeholder={t('palette.field')}
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(active && { 'aria-activedescendant': idOf(active) })}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          choose(null)
          setTyped(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteList
        id={`${id}-list`}
        groups={groups}
        active={active}
        idOf={idOf}
        onHover={choose}
        onPick={(find) => onGo(find.to)}
      />
      <p className={styles.state} role="status">
        {busy
          ? t('palette.searching')
          : all.length === 0
            ? t('palette.empty', { text: typed.trim() })
            : t('palette.found', { count: all.length })}
      </p>
      {error && (
        <p className={styles.failed} role="alert">
          {t('palette.failed', { reason: error.message })}
        </p>
      )}
      <p className={styles.hint}>{t('palette.hint')}</p>
    </div>
  )
}

export interface PaletteGroup {
  readonly name: 'pages' | 'orders' | 'products' | 'people'
  readonly finds: readonly Find[]
}

function useGroups(pages: readonly PalettePage[], typed: string) {
  const text = typed.trim()
  const settled = useDebounced(text, 150)
  const { orders, products, people, searching, error } = useFinds(settled)
  const groups: PaletteGroup[] = [
    { name: 'pages' as const, finds: findPages(pages, text) },
    { name: 'orders' as const, finds: orders },
    { name: 'products' as const, finds: products },
    { name: 'people' as const, finds: people },
  ].filter(({ finds }) => finds.length > 0)
  return { groups, busy: searching || settled !== text, error }
}

/** The first is chosen until somebody chooses. Enter that comes before the answer, as a scanner's, waits for it. */
function useChoice(all: readonly Find[], busy: boolean, onGo: (path: string) => void) {
  const [key, setKey] = useState<string | null>(null)
  const [waiting, setWaiting] = useState(false)
  const at = Math.max(
    all.findIndex((find) => find.key === key),
    0,
  )
  const active = all[at]
  const to = active?.to
  useEffect(() => {
    if (!waiting || busy) return
    setWaiting(false)
    if (to !== undefined) onGo(to)
  }, [waiting, busy, to, onGo])

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing || all.length + Number(busy) === 0) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (busy && key === null) setWaiting(true)
      else if (to !== undefined) onGo(to)
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || all.length === 0) return
    event.preventDefault()
    setKey(all[(at + step + all.length) % all.length]?.key ?? null)
  }
  const choose = (find: Find | null) => {
    setWaiting(false)
    setKey(find?.key ?? null)
  }
  return { active, choose, onKeyDown }
}
