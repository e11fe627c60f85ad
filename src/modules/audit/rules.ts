// Owns what of two states is worth recording: only what differs.
import type { Facts } from './schema.ts'

type Value = Facts[string]

/** The fields in which they differ, as they were and as they are; null when none does. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { readonly before: Facts; readonly after: Facts } | null {
  const names = Object.keys(after).filter((name) => !isSame(before[name], after[name]))
  if (names.length === 0) return null
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, (from[name] ?? null) as Value]))
  return { before: pick(before), after: pick(after) }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
