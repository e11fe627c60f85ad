// Owns the seal of an entry: a hash over all that it says and over the seal before it.
import { createHash } from 'node:crypto'

/** All that is sealed of an entry. */
interface Told {
  readonly entry_id: number
  readonly act: string
  readonly actor_id: number | null
  readonly subject_kind: string
  readonly subject_id: string
  readonly facts_before: string | null
  readonly facts_after: string | null
  readonly request_id: string | null
  readonly recorded_at: number
}

/** Before the first entry. */
export const NO_SEAL = '0'.repeat(64)

/** The order of these never changes: seals would break. */
export function sealOf(entry: Told, no: number, previous: string) {
  const { entry_id, act, actor_id, subject_kind, subject_id } = entry
  const { facts_before, facts_after, request_id, recorded_at } = entry
  const told = [no, previous, entry_id, act, actor_id, subject_kind, subject_id]
  told.push(facts_before, facts_after, request_id, recorded_at)
  return createHash('sha256').update(JSON.stringify(told)).digest('hex')
}
