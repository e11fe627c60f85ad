// Owns the page's theme: light, dark, or as the system has it, chosen per device, the same in every tab; and in it
// the shop's own colour, remembered so that the next visit begins with it.
import { useSyncExternalStore } from 'react'

import { tintsOf } from '../../../src/lib/colour.ts'
import { readStored, writeStored } from './storage.ts'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]
type Theme = 'light' | 'dark'

/** Also read by public/theme.js, before the first paint. */
const storageName = 'petshop.theme'
const brandName = 'petshop.brand'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

let choice = parse(readStored(storageName))
/** What the page's colours are those of: the system may be asked before they have followed it. */
let now: Theme = 'light'
let brand = parseColour(readStored(brandName))
const listeners = new Set<() => void>()

systemIsDark.addEventListener('change', apply)
window.addEventListener('storage', (event) => {
  if (event.key !== storageName) return
  choice = parse(event.newValue)
  apply()
})
apply()

export function chooseTheme(next: ThemeChoice): void {
  choice = next
  writeStored(storageName, next)
  apply()
}

/** The shop's own colour as the server tells it; null for the pages' own. */
export function applyBrand(colour: string | null): void {
  const next = parseColour(colour)
  if (next === brand) return
  brand = next
  writeStored(brandName, next ?? '')
  apply()
}

/** Changes when colours have to be read anew. */
export function useBrand(): string | null {
  return useSyncExternalStore(subscribe, () => brand)
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice)
}

/** What is shown now. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => now)
}

function shown(): Theme {
  if (choice !== 'system') return choice
  return systemIsDark.matches ? 'dark' : 'light'
}

function apply(): void {
  const root = document.documentElement
  now = shown()
  root.dataset['theme'] = now
  applyTints(root)
  // The browser's own bar around the page.
  const page = getComputedStyle(root).getPropertyValue('--color-page').trim()
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', page)
  for (const listener of listeners) listener()
}

function applyTints(root: HTMLElement): void {
  const tints = brand === null ? null : tintsOf(brand, now)
  const tokens = {
    'color-primary': tints?.primary,
    'color-primary-strong': tints?.strong,
    'color-primary-soft': tints?.soft,
    'color-on-primary': tints?.onPrimary,
    'chart-1': tints?.primary,
  }
  for (const [name, colour] of Object.entries(tokens)) {
    if (colour) root.style.setProperty(`--${name}`, colour)
    else root.style.removeProperty(`--${name}`)
  }
}

function parseColour(text: string | null): string | null {
  return text !== null && /^#[\da-f]{6}$/.test(text) ? text : null
}

function parse(text: string | null): ThemeChoice {
  return themeChoices.find((known) => known === text) ?? 'system'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
