// Owns finding the newest result of a scenario by the files' names, as in `2026-11-23T0810-orders.json`.

/** @returns null when it has none */
export function newestOf(names: readonly string[], scenario: string): string | null {
  const own = names.filter((name) => /^[\dT-]{15}-(.+)\.json$/.exec(name)?.[1] === scenario)
  return own.toSorted().at(-1) ?? null
}
