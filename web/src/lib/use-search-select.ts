// Owns a select that searches the server: Enter, as a scanner sends it, takes an exact hit or nothing.
import { type KeyboardEvent, useRef, useState } from 'react'

import { useDebounced } from './use-debounced.ts'

interface SearchSelect<T> {
  /** What the server finds for exactly this text. */
  readonly fetch: (search: string) => Promise<readonly T[]>
  /** The one item among these that the text names in full. */
  readonly exact: (found: readonly T[], search: string) => T | undefined
  readonly onHit: (hit: T) => void
  readonly onError: (error: unknown) => void
}

export function useSearchSelect<T>({ fetch, exact, onHit, onError }: SearchSelect<T>) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const latest = useRef('')
  const byArrow = useRef(false)

  const type = (text: string) => {
    latest.current = text
    byArrow.current = false
    setTyped(text)
  }

  const enter = async (text: string) => {
    try {
      const hit = exact(await fetch(text.trim()), text.trim())
      if (!hit) {
        if (latest.current === text) setOpen(true)
        return
      }
      // A scanner may already be typing the next one: only what this was about is cleared.
      type(latest.current.startsWith(text) ? latest.current.slice(text.length) : latest.current)
      if (latest.current === '') setOpen(false)
      onHit(hit)
    } catch (error) {
      onError(error)
    }
  }

  return {
    search: useDebounced(typed.trim()),
    clear: () => type(''),
    selectProps: {
      open,
      onOpenChange: setOpen,
      defaultActiveFirstOption: false,
      showSearch: { filterOption: false as const, onSearch: type, searchValue: typed },
    },
    /** For the element around the select: the list it shows may still be of an older text. */
    onKeyDownCapture: (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') byArrow.current = true
      const text = latest.current
      if (event.key !== 'Enter' || byArrow.current || text.trim() === '') return
      event.preventDefault()
      event.stopPropagation()
      void enter(text)
    },
  }
}
