// Owns which part of the address a saved view keeps, and putting it back.
import { useUrlFilters } from '../../../lib/url-filters.ts'

export function useViewFilters(names: readonly string[]) {
  const address = useUrlFilters()
  const filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = address.get(name)
      return value === '' ? [] : [[name, value]]
    }),
  )
  /** What the view doesn't name is gone: it shows the same whatever stood there before. */
  const choose = (wanted: Readonly<Record<string, string>>) =>
    address.set(Object.fromEntries(names.map((name) => [name, wanted[name] ?? null])))
  return { filters, choose }
}
