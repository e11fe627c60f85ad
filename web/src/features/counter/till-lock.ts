// Owns that one tab of this browser is the till: two would write over each other's sale at hand.
import { useEffect, useState } from 'react'

const NAME = 'petshop-counter-till'
/** A reload gives the lock back a moment after the new page asks for it. */
const PATIENCE_MS = 500

export type TillPlace = 'asking' | 'here' | 'elsewhere'

/** Where the browser has no locks, as on plain HTTP, every tab is the till. */
export function useTillLock(): { readonly place: TillPlace; readonly takeOver: () => void } {
  const { locks } = navigator as { locks?: LockManager }
  const [place, setPlace] = useState<TillPlace>(locks ? 'asking' : 'here')
  const [taken, setTaken] = useState(0)
  useEffect(() => {
    if (!locks) return
    const leaving = new AbortController()
    const { signal } = leaving
    let release = () => {}
    const elsewhere = () => {
      if (!signal.aborted) setPlace('elsewhere')
    }
    const late = setTimeout(elsewhere, PATIENCE_MS)
    const hold = async () => {
      clearTimeout(late)
      if (signal.aborted) return
      setPlace('here')
      await new Promise<void>((resolve) => (release = resolve))
    }
    // Refused when another tab takes it over.
    locks.request(NAME, taken > 0 ? { steal: true } : { signal }, hold).catch(elsewhere)
    return () => {
      clearTimeout(late)
      leaving.abort()
      release()
    }
  }, [locks, taken])
  return { place, takeOver: () => setTaken((count) => count + 1) }
}
