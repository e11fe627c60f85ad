// Owns telling which settings were changed, so that only those are sent. Pure.
import type { Settings, SettingsPatch } from '../../../../src/modules/shop/schema.ts'

export function changesOf(before: Settings, after: Settings): SettingsPatch {
  const names = Object.keys(after) as (keyof Settings)[]
  return Object.fromEntries(
    names.filter((name) => after[name] !== before[name]).map((name) => [name, after[name]]),
  )
}
