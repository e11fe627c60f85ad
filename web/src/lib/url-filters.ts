// Owns filters that live in the address, so that links, reload and the back button keep them.
import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** Typing replaces the history entry; choosing makes a new one that "back" undoes. */
export function useUrlFilters() {
  const [params, setParams] = useSearchParams()

  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>, replace = false) => {
      // The address itself: what the router gives is of the last drawing, and may miss a change a moment ago.
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      }
      return setParams(next, { replace })
    },
    [setParams],
  )

  return {
    get: (name: string) => params.get(name) ?? '',
    /** The value if it is one of those allowed; addresses are typed by anybody. */
    oneOf: <T extends string>(name: string, allowed: readonly T[]): T | undefined =>
      allowed.find((value) => value === params.get(name)),
    id: (name: string): number | null => {
      const value = Number(params.get(name))
      return Number.isSafeInteger(value) && value > 0 ? value : null
    },
    set,
  }
}
