// Owns telling which settings were changed, so that only those are sent. Pure.
import type { Settings, SettingsPatch } from '../../../../src/modules/shop/schema.ts'

export type SettingName = keyof Settings

export function changesOf(before: Settings, after: Settings): SettingsPatch {
  const names = Object.keys(after) as SettingName[]
  return Object.fromEntries(
    names.filter((name) => !same(after[name], before[name])).map((name) => [name, after[name]]),
  )
}

/** Languages are a list; everything else is a plain value. */
function same(one: Settings[SettingName], other: Settings[SettingName]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
