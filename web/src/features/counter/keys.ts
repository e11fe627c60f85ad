// Owns keys that work wherever the focus is.
import { type KeyboardEvent as FormKeyEvent, useLayoutEffect, useRef } from 'react'

/** False leaves the key to whatever has the focus. */
export type KeyActions = Readonly<Record<string, (() => void | false) | undefined>>

/** Named as on the screen: `F2`, `Delete`, `Alt+L`. An open dialog has its own keys. */
export function useKeys(actions: KeyActions, enabled = true): void {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  useLayoutEffect(() => {
    if (!enabled) return
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      const action = latest.current[nameOf(event)]
      if (!action) return
      // A key held down for too long completes one sale, not two.
      if (event.repeat && event.key === 'Enter') event.preventDefault()
      else if (action() !== false) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [enabled])
}

function nameOf(event: KeyboardEvent): string {
  // With Alt some keyboards write other letters.
  const key = event.altKey ? event.code.replace(/^Key/, '') : event.key
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '']
  return [...held, key].filter(Boolean).join('+')
}

/** Enter means the same in every field of a form; a list of choices would swallow it. */
export function submitFromSelect(event: FormKeyEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** Whether typing goes into this element. */
export function isEditable(target: EventTarget | null): target is HTMLInputElement {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type)
}
