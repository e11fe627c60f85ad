// Owns values outside of components that pages watch.
import { useSyncExternalStore } from 'react'

export interface Watched<T> {
  get(): T
  set(value: T): void
  use(): T
}

export function watched<T>(initial: T): Watched<T> {
  let current = initial
  const viewers = new Set<() => void>()
  const subscribe = (viewer: () => void) => {
    viewers.add(viewer)
    return () => viewers.delete(viewer)
  }
  const get = () => current
  return {
    get,
    set(value) {
      current = value
      for (const viewer of viewers) viewer()
    },
    use: () => useSyncExternalStore(subscribe, get),
  }
}
