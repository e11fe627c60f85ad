// Owns what was searched for lately on this device, the newest first; nobody else hears of it.
import { useSyncExternalStore } from 'react'

import { readStored, writeStored } from '../../lib/storage.ts'

const storageName = 'petshop.searches'
const most = 6

let searches = parse(readStored(storageName))
const listeners = new Set<() => void>()

// Searched in another tab, or forgotten with a log-out.
window.addEventListener('storage', (event) => {
  if (event.key !== storageName) return
  searches = parse(event.newValue)
  notify()
})

export function useRecentSearches(): readonly string[] {
  return useSyncExternalStore(subscribe, () => searches)
}

export function rememberSearch(text: string): void {
  if (text === '') return
  set([text, ...searches.filter((other) => other !== text)].slice(0, most))
}

export function forgetSearches(): void {
  set([])
}

function set(next: readonly string[]): void {
  searches = next
  writeStored(storageName, JSON.stringify(next))
  notify()
}

function notify(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Anything may stand in the browser's storage. */
function parse(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(value)) return []
    return value.filter((one) => typeof one === 'string' && one !== '').slice(0, most)
  } catch {
    return []
  }
}
