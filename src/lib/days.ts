// Owns calendar days as text, `YYYY-MM-DD`: their order is that of the text.
import { shopLocalDate } from './time.ts'

const DAY_MS = 24 * 3600 * 1000

/** The day at an instant in an IANA zone. */
export function dayAt(epochMs: number, timeZone: string): string {
  const date = shopLocalDate(epochMs, timeZone)
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
}

/** Says whether there is such a day; years have four digits. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(text)
  return !Number.isNaN(at) && textOf(at) === text
}

export function addDays(day: string, days: number): string {
  return textOf(Date.parse(day) + days * DAY_MS)
}

/** How many days there are from one to the other, both counted; 0 or less when they stand in the wrong order. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

/** Every day from one to the other, both among them. */
export function listDays(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, countDays(from, to)) }, (_, i) => addDays(from, i))
}

function textOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10)
}
