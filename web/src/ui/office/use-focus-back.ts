// Owns the focus of a row that goes: it would be nowhere, and whoever uses the keyboard back at the page's beginning.
import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * @param onLeft puts the focus elsewhere, when it was in this part as it left the page
 * @returns for the part
 */
export function useFocusBack(onLeft: () => void): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null)
  const left = useRef(onLeft)
  useLayoutEffect(() => {
    left.current = onLeft
  })
  useLayoutEffect(() => {
    const own = part.current
    return () => {
      // While it is still on the page.
      if (own?.contains(document.activeElement)) left.current()
    }
  }, [])
  return part
}
