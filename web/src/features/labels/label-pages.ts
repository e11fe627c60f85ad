// Owns which label comes at which place of which page.
import { type LabelSize, perPage } from './label-sizes.ts'

interface Wanted<T> {
  readonly label: T
  readonly copies: number
}

/** @param skip places of the first page that are used already @returns pages of places; null stays empty */
export function labelPages<T>(
  wanted: readonly Wanted<T>[],
  size: LabelSize,
  skip: number,
): readonly (readonly (T | null)[])[] {
  const places: (T | null)[] = Array<null>(skip).fill(null)
  for (const { label, copies } of wanted) {
    for (let copy = 0; copy < copies; copy++) places.push(label)
  }
  if (places.length === skip) return []
  const room = perPage(size)
  return Array.from({ length: Math.ceil(places.length / room) }, (_, page) =>
    places.slice(page * room, (page + 1) * room),
  )
}
