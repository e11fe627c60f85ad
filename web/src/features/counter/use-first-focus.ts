// Owns where typing goes when a dialog opens: the browser's own dialog would take its first button.
import { type RefObject, useEffect, useRef } from 'react'

/**
 * For the component around the dialog, whose effects run after the dialog's. What comes later than the dialog, as a
 * list from the device does, is focused when it is there.
 */
export function useFirstFocus<T extends HTMLElement>(): RefObject<T | null> {
  const first = useRef<T>(null)
  const done = useRef(false)
  useEffect(() => {
    if (done.current || !first.current) return
    done.current = true
    first.current.focus()
  })
  return first
}
