// Owns what is offered below a search while it is typed: searches of before, categories, products.
import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { foldText } from '../../../../src/lib/text.ts'
import type {
  Marks,
  SuggestedCategory,
  Suggestion,
} from '../../../../src/modules/inventory/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { useCategories } from './queries.ts'
import { useRecentSearches } from './recent-searches.ts'
import { termName } from './terms.ts'

/** Shorter than a search's pause: it is read while typing. */
const pauseMs = 120

export type SearchOption =
  | { readonly kind: 'recent'; readonly text: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'category'; readonly category: string; readonly marks: Marks }
  | { readonly kind: 'product'; readonly product: Suggestion }
  | { readonly kind: 'all'; readonly text: string }

interface Answer {
  readonly items: readonly Suggestion[]
  readonly categories: readonly SuggestedCategory[]
}

/** @param text as it stands in the field; empty, what was searched for before is offered */
export function useSearchOptions(text: string, enabled: boolean): readonly SearchOption[] {
  const recent = useRecentSearches()
  const settled = useDebounced(text, pauseMs)
  const answer = useQuery({
    queryKey: keys.suggestions(settled),
    queryFn: ({ signal }) => api.get<Answer>('/inventory/suggestions', { search: settled }, signal),
    enabled: enabled && settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    // Without them one still searches.
    retry: false,
  })
  const translated = useTranslatedCategories(text)
  if (text === '') {
    if (recent.length === 0) return []
    return [...recent.map((one) => ({ kind: 'recent' as const, text: one })), { kind: 'forget' }]
  }
  const found = answer.data
  if (!found) return []
  const known = new Set(translated.map(({ category }) => category))
  // The marks are of the shop's own word, which another language doesn't show.
  const others = found.categories
    .filter(({ category }) => !known.has(category))
    .map(({ category, marks }) => ({
      category,
      marks: termName(category) === category ? marks : [],
    }))
  return [
    ...[...translated, ...others].map((one) => ({ kind: 'category' as const, ...one })),
    ...found.items.map((product) => ({ kind: 'product' as const, product })),
    { kind: 'all', text },
  ]
}

/** The server knows a category by the shop's word alone. */
function useTranslatedCategories(text: string): { category: string; marks: Marks }[] {
  const categories = useCategories()
  const word = foldText(text)
  if (word === '') return []
  return (categories.data ?? []).flatMap(({ category }) => {
    const name = termName(category)
    const at = name === category || category === '' ? -1 : name.toLowerCase().indexOf(word)
    return at === -1 ? [] : [{ category, marks: [[at, at + word.length]] as Marks }]
  })
}
