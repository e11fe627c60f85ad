// Owns telling the living from the dead by what they write: the clocks of two machines are never compared.

/**
 * Looks at a sign of life.
 * @returns for how long it has been the same in this process's sight, milliseconds; 0 when it is new
 */
export type Look = (name: string, sign: string, now: number) => number

export function createSightings(): Look {
  const seen = new Map<string, { readonly sign: string; readonly since: number }>()
  return (name, sign, now) => {
    const last = seen.get(name)
    // A time before the first look: the clock was set back.
    if (last?.sign === sign && now >= last.since) return now - last.since
    seen.set(name, { sign, since: now })
    return 0
  }
}
