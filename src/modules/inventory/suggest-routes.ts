// Owns the HTTP side of suggestions: what may be meant by the letters that somebody is typing.
import Type from 'typebox'
import { ref } from '../../lib/wire.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Catalogue } from './catalogue-actions.ts'
import { SuggestedCategory, Suggestion, SuggestionQuery } from './schema.ts'
import { suggestCategories, suggestProducts } from './suggest-rules.ts'

/** As many products are looked at; those that begin with the letters stand among them as the list has them. */
const CANDIDATES = 60

export function suggestRoutes(app: HttpServer, catalogue: Catalogue): void {
  for (const schema of [Suggestion, SuggestedCategory]) app.addSchema(schema)
  app.get(
    '/api/inventory/suggestions',
    {
      config: { access: 'public' },
      schema: {
        tags: ['stock'],
        summary: 'Products and categories that may be meant by what is typed',
        description:
          'By names in both languages, pinyin (whole syllables or first letters), SKU and barcode; the likeliest first.',
        querystring: SuggestionQuery,
        response: answers(
          200,
          Type.Object({
            status: Type.Literal('success'),
            items: Type.Array(ref(Suggestion)),
            categories: Type.Array(ref(SuggestedCategory)),
          }),
        ),
      },
    },
    async (request) => {
      const { search } = request.query
      const query = { search, active: true, limit: CANDIDATES, sort: 'name' } as const
      const [page, categories] = await Promise.all([catalogue.list(query), catalogue.categories()])
      return {
        status: 'success' as const,
        items: suggestProducts(page.items, search),
        categories: suggestCategories(categories, search),
      }
    },
  )
}
