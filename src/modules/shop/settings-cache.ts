// Owns the settings in memory: at most a second old, and never older than this process' last change.
import type { Settings } from './schema.ts'

const MAX_AGE_MS = 1000

export interface SettingsCache {
  get(): Promise<Settings>
  /** After the commit of a change: what is being read at this moment is too old to be kept. */
  set(settings: Settings): void
}

/** @param load reads the settings; callers that come while it runs share the answer */
export function createSettingsCache(
  load: () => Promise<Settings>,
  now: () => number,
): SettingsCache {
  let kept: { readonly settings: Settings; readonly at: number } | null = null
  let loading: Promise<Settings> | null = null
  let changes = 0

  async function read(): Promise<Settings> {
    const before = changes
    const settings = await load()
    if (changes !== before) return kept?.settings ?? settings
    kept = { settings, at: now() }
    return settings
  }

  return {
    async get() {
      const age = kept ? now() - kept.at : Infinity
      if (kept && age >= 0 && age < MAX_AGE_MS) return kept.settings
      loading ??= read().finally(() => {
        loading = null
      })
      return loading
    },
    set(settings) {
      changes++
      kept = { settings, at: now() }
    },
  }
}
