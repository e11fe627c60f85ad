// Owns asking before a page is left that has something to lose: by a link, by the back button, by closing it.
import { useEffect, useRef } from 'react'

import { listenBeforeRouter } from '../back-button.ts'

/** Asks a person; resolves to whether they want to leave. */
type Ask = () => Promise<boolean>

/** While `active`, nobody leaves without being asked. */
export function useLeaveGuard(active: boolean, ask: Ask): void {
  const asked = useRef(ask)
  useEffect(() => {
    asked.current = ask
  })
  useEffect(() => (active ? guard(() => asked.current()) : undefined), [active])
}

/** Whoever agrees to leave is asked no more: `end` comes before the way is gone again. */
function guard(ask: Ask): () => void {
  const ends: (() => void)[] = []
  const end = () => ends.splice(0).forEach((each) => each())
  const asking = (go: () => void) =>
    void ask().then((leave) => {
      if (!leave) return
      end()
      go()
    })
  ends.push(guardClosing(), guardLinks(asking), guardHistory(asking))
  return end
}

type Asking = (go: () => void) => void

function guardClosing(): () => void {
  const onClose = (event: BeforeUnloadEvent) => event.preventDefault()
  addEventListener('beforeunload', onClose)
  return () => removeEventListener('beforeunload', onClose)
}

function guardLinks(asking: Asking): () => void {
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!(link instanceof HTMLAnchorElement) || !leaves(link, event)) return
    event.preventDefault()
    event.stopPropagation()
    asking(() => link.click())
  }
  document.addEventListener('click', onClick, true)
  return () => document.removeEventListener('click', onClick, true)
}

/** The address has changed by then: it is put back first, so that what is asked about still stands there. */
function guardHistory(asking: Asking): () => void {
  const here = indexOfEntry() ?? 0
  /** Set while the history moves at our own wish. */
  let skip = false
  return listenBeforeRouter((event) => {
    event.stopImmediatePropagation()
    const moved = (indexOfEntry() ?? 0) - here
    if (skip || moved === 0) {
      skip = false
      return
    }
    skip = true
    history.go(-moved)
    asking(() => history.go(moved))
  })
}

/** Downloads and new tabs leave this page as it is. */
function leaves(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return false
  return !link.hasAttribute('download') && link.target !== '_blank'
}

/** The router numbers the entries of the history. */
function indexOfEntry(): number | null {
  const state: unknown = history.state
  if (typeof state !== 'object' || state === null || !('idx' in state)) return null
  return typeof state.idx === 'number' ? state.idx : null
}
