// Owns what a person leaves behind on a device that others use as well: it goes when they log out.
import { writeStored } from './storage.ts'

/** Whoever keeps something under one of these names listens to `storage`, as for what other tabs do. */
const names = ['petshop.cart', 'petshop.searches']

export function forgetTraces(): void {
  for (const key of names) {
    writeStored(key, '')
    // The browser tells the other tabs only.
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: null }))
  }
}
