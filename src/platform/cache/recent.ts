// Owns a map that stays small: it forgets what is too old, and what was used longest ago.

export interface Recent<V> {
  get(key: string): V | undefined
  set(key: string, value: V, lifeMs: number): void
  delete(key: string): void
  clear(): void
  size(): number
}

/** @param now milliseconds that only grow */
export function createRecent<V>(most: number, now = () => performance.now()): Recent<V> {
  const map = new Map<string, { readonly value: V; readonly until: number }>()
  return {
    get(key) {
      const entry = map.get(key)
      if (!entry) return undefined
      map.delete(key)
      if (entry.until <= now()) return undefined
      map.set(key, entry)
      return entry.value
    },
    set(key, value, lifeMs) {
      map.delete(key)
      map.set(key, { value, until: now() + lifeMs })
      const oldest = map.keys().next()
      if (map.size > most && !oldest.done) map.delete(oldest.value)
    },
    delete: (key) => void map.delete(key),
    clear: () => map.clear(),
    size: () => map.size,
  }
}
