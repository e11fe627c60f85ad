// Owns telling a scanner from a person: it types fast and ends with Enter. A code is taken wherever the focus is, and
// leaves no trace in the field that had it: what nobody knows must not become an amount or a quantity.
import { useLayoutEffect, useRef } from 'react'

import { isEditable } from './keys.ts'

/** Slower than this between two keys, it was a person, milliseconds. */
const FAST_MS = 60
const SHORTEST = 4
/** Nobody types so long a code that the till knows by chance: a slow device may take its time. */
const SURE_LENGTH = 8
const SLOW_MS = 400
/** Nobody types so many characters as fast as a scanner. */
const STRANGE_LENGTH = 5
/** `3*` before a code is for the field that reads it. */
const MULTIPLE = /^\s*\d{1,4}\s*[*×＊]\s*$/

interface Scanning {
  /** Whether the till knows the code, at once. */
  readonly isKnown: (code: string) => boolean
  readonly onScan: (code: string) => void
}

interface Burst {
  text: string
  at: number
  slowest: number
  readonly field: HTMLInputElement | null
  readonly before: string
}

export function useScanner(scanning: Scanning): void {
  const latest = useRef(scanning)
  useLayoutEffect(() => {
    latest.current = scanning
  })
  useLayoutEffect(() => {
    let burst: Burst | null = null
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
      const gap = burst === null ? Infinity : event.timeStamp - burst.at
      if (event.key === 'Enter') {
        const isFast = Math.max(gap, burst?.slowest ?? 0) <= FAST_MS
        const isSure = gap <= SLOW_MS && (burst?.text.length ?? 0) >= SURE_LENGTH
        const code = isFast || isSure ? (burst?.text ?? '') : ''
        const field = burst?.field ?? null
        const before = burst?.before ?? ''
        burst = null
        const isKnown = code.length >= SHORTEST && latest.current.isKnown(code)
        const isStrange = isFast && code.length >= STRANGE_LENGTH && !takesCodes(event.target)
        if (isKnown ? takesCodes(field) && MULTIPLE.test(before) : !isStrange) return
        event.preventDefault()
        event.stopPropagation()
        if (field) restore(field, before)
        latest.current.onScan(code)
        return
      }
      if (event.key.length !== 1) return
      if (burst !== null && gap <= SLOW_MS) {
        burst.text += event.key
        burst.at = event.timeStamp
        burst.slowest = Math.max(burst.slowest, gap)
        return
      }
      const field = isEditable(event.target) ? event.target : null
      burst = {
        text: event.key,
        at: event.timeStamp,
        slowest: 0,
        field,
        before: field?.value ?? '',
      }
    }
    // Before any field or dialog takes the Enter for itself.
    document.addEventListener('keydown', press, true)
    return () => document.removeEventListener('keydown', press, true)
  }, [])
}

/** Set on fields that do something of their own with a code. */
function takesCodes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && 'codes' in target.dataset
}

/** React hears of it as if it were typed. */
function restore(field: HTMLInputElement, value: string): void {
  const own = Object.getPrototypeOf(field) as object
  Object.getOwnPropertyDescriptor(own, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
