// Owns reading single settings from text: what is wrong is collected, so that all of it can be said at once.

export type Environment = Readonly<Record<string, string | undefined>>

export interface SettingsReader {
  /** Each with the setting's name; callers add what only they can know. */
  readonly problems: string[]
  /** Every setting that was asked for, with its effective value; empty when it has none. */
  readonly asked: Map<string, Setting>
  text(name: string, fallback: string): string
  optional(name: string): string | null
  integer(name: string, fallback: number, min: number, max: number): number
  choice<T extends string>(name: string, allowed: readonly T[]): T | null
  pattern(name: string, fallback: string, pattern: RegExp, allowed: string): string
}

export interface Setting {
  readonly name: string
  readonly value: string
  readonly source: 'environment' | 'default'
}

/** Blank settings count as not given. */
export function createSettingsReader(env: Environment): SettingsReader {
  const problems: string[] = []
  const asked = new Map<string, Setting>()
  const given = (name: string, fallback: string | number | null = null) => {
    const raw = env[name]?.trim() || null
    const source = raw === null ? 'default' : 'environment'
    asked.set(name, { name, value: raw ?? String(fallback ?? ''), source })
    return raw
  }

  return {
    problems,
    asked,
    text: (name, fallback) => given(name, fallback) ?? fallback,
    optional: (name) => given(name),
    integer(name, fallback, min, max) {
      const raw = given(name, fallback)
      if (raw === null) return fallback
      const value = Number(raw)
      if (Number.isInteger(value) && value >= min && value <= max) return value
      problems.push(`${name}=${raw}: must be a whole number from ${min} to ${max}`)
      return fallback
    },
    choice(name, allowed) {
      const raw = given(name)
      if (raw === null) return null
      const found = allowed.find((value) => value === raw)
      if (!found) problems.push(`${name}=${raw}: must be one of ${allowed.join(', ')}`)
      return found ?? null
    },
    pattern(name, fallback, pattern, allowed) {
      const raw = given(name, fallback)
      if (raw === null) return fallback
      if (!pattern.test(raw)) problems.push(`${name}=${raw}: may only have ${allowed}`)
      return raw
    },
  }
}
