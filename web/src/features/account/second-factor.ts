// Owns two-step login over the API: whether it is on, and turning it on and off.
import { useQuery, useQueryClient } from '@tanstack/react-query'

import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useSessionChange } from '../../lib/session.ts'

export interface SecondFactor {
  readonly on: boolean
  readonly recovery_codes_left: number
  readonly required_of_staff: boolean
}

export interface Enrolment {
  readonly secret: string
  readonly uri: string
}

export interface Proof {
  readonly current_password: string
  readonly code: string
}

const path = '/me/second-factor'

export function useSecondFactor() {
  return useQuery({
    queryKey: keys.secondFactor,
    queryFn: async () => (await api.get<{ item: SecondFactor }>(path)).item,
  })
}

export async function beginEnrolment(current_password: string): Promise<Enrolment> {
  return (await api.post<{ item: Enrolment }>(path, { current_password })).item
}

export async function confirmEnrolment(code: string): Promise<readonly string[]> {
  return codesOf(await api.put(path, { code }))
}

export async function renewCodes(proof: Proof): Promise<readonly string[]> {
  return codesOf(await api.put(`${path}/recovery-codes`, proof))
}

export async function removeSecondFactor(proof: Proof): Promise<void> {
  await api.put(`${path}/removal`, proof)
}

/** Afterwards this is another state, fewer sessions, and perhaps more that one may do. */
export function useSecondFactorChange() {
  const client = useQueryClient()
  const changed = useSessionChange()
  return async () => {
    await client.invalidateQueries({ queryKey: keys.secondFactor })
    await changed()
  }
}

function codesOf(answer: unknown): readonly string[] {
  return (answer as { item: { recovery_codes: string[] } }).item.recovery_codes
}
