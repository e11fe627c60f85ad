// Owns the messages that appear for a moment; anything on the page may show one.
import { useSyncExternalStore } from 'react'

export interface Toast {
  readonly id: number
  readonly tone: 'info' | 'good' | 'bad'
  readonly text: string
  readonly detail?: string
  readonly to?: string
}

/** More than these at once nobody reads. */
const most = 3
const shownMs = 6_000

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++
  set([...toasts, { ...toast, id }].slice(-most))
  setTimeout(() => dismissToast(id), shownMs)
}

export function showFailure(error: unknown): void {
  showToast({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts)
}

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
