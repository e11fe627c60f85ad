// Owns whether the server can be reached: after a failure it is asked again until it answers.
import { useSyncExternalStore } from 'react'

/** A hiccup shorter than this isn't worth a word. */
const firstPause = 1_500
const pause = 3_000

let lost = false
let timer: ReturnType<typeof setTimeout> | undefined
const viewers = new Set<() => void>()
const returns = new Set<() => void>()

/** Whether the device has a network at all, as the browser says. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribeToNetwork, () => navigator.onLine)
}

export function useConnectionLost(): boolean {
  return useSyncExternalStore(subscribe, () => lost)
}

/** Calls the listener each time the server answers again; the returned function ends that. */
export function whenReconnected(listener: () => void): () => void {
  returns.add(listener)
  return () => returns.delete(listener)
}

/** A request got no answer, or the live connection broke. */
export function connectionFailed(): void {
  timer ??= setTimeout(() => void ask(), firstPause)
}

/** Whether this answer is the server's own, not that of a proxy before it. */
export function isServersAnswer(response: Response): boolean {
  return response.status !== 502 && response.status !== 504
}

async function ask(): Promise<void> {
  if (await answers()) {
    timer = undefined
    setLost(false)
    for (const listener of returns) listener()
  } else {
    setLost(true)
    timer = setTimeout(() => void ask(), pause)
  }
}

async function answers(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(5_000)
    return isServersAnswer(await fetch('/api/session', { cache: 'no-store', signal }))
  } catch {
    return false
  }
}

function setLost(next: boolean): void {
  if (lost === next) return
  lost = next
  for (const viewer of viewers) viewer()
}

function subscribe(viewer: () => void): () => void {
  viewers.add(viewer)
  return () => viewers.delete(viewer)
}

function subscribeToNetwork(viewer: () => void): () => void {
  window.addEventListener('online', viewer)
  window.addEventListener('offline', viewer)
  return () => {
    window.removeEventListener('online', viewer)
    window.removeEventListener('offline', viewer)
  }
}
