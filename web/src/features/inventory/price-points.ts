// Owns turning changes of a price into the points of a line.
import type { PriceChange } from '../../../../src/modules/inventory/schema.ts'

/** How much of the line shows the price before the first change, and after the last: as a part of all. */
const EDGE = 0.1
const DAY = 86_400_000

/** @param changes newest first @returns [time, cents], oldest first, up to `now` */
export function pricePoints(
  changes: readonly PriceChange[],
  now: number,
): readonly (readonly [number, number])[] {
  const oldest = changes.at(-1)
  if (!oldest) return []
  const first = Date.parse(oldest.changed_at)
  const edge = Math.max((now - first) * EDGE, DAY)
  const steps = changes
    .map(({ changed_at, to_cents }) => [Date.parse(changed_at), to_cents] as const)
    .reverse()
  return [
    [first - edge, oldest.from_cents],
    ...steps,
    [Math.max(now, first), changes[0]?.to_cents ?? oldest.to_cents],
  ]
}
