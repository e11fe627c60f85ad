// Owns telling what was changed about a person, so that only that is sent. Pure.
import type { PersonChange } from './queries.ts'

export function changesOf<V extends PersonChange>(before: V, after: V): PersonChange {
  const names = Object.keys(after) as (keyof PersonChange)[]
  return Object.fromEntries(
    names.filter((name) => after[name] !== before[name]).map((name) => [name, after[name]]),
  )
}
