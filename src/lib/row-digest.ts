// Owns the number that says what a row is: any change that nobody meant makes it another one.
import { crc32 } from 'node:zlib'

export type Cell = string | number | null | undefined

/**
 * Of values that are written once, in this order. CRC-32: it sees every change of up to 32 neighbouring bits, and
 * one in 2^32 of the others stays unseen. It is no seal: whoever means to deceive can make it anew.
 */
export function digestOf(kind: string, values: readonly Cell[]): number {
  let text = kind
  // No stored text has a NUL.
  for (const value of values) text += `\0${value ?? ''}`
  return crc32(text)
}

/** Of one value that may change later, or come later: added to the row's digest. What isn't there adds nothing. */
export function partOf(name: string, value: Cell): number {
  return value === null || value === undefined ? 0 : crc32(`${name}\0${value}`)
}
