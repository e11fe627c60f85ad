// Owns reading and changing one's saved views over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { SavedView, ViewPage, ViewPatch } from '../../../../src/modules/views/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export function useViews(page: ViewPage) {
  return useQuery({
    queryKey: keys.views(page),
    queryFn: async () => (await api.get<Page<SavedView>>('/views', { page })).items,
  })
}

export type ViewChange =
  | { readonly do: 'save'; readonly name: string; readonly filters: SavedView['filters'] }
  | { readonly do: 'change'; readonly view_id: number; readonly patch: ViewPatch }
  | { readonly do: 'delete'; readonly view_id: number }

export function useChangeViews(page: ViewPage) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ViewChange): Promise<unknown> => {
      switch (change.do) {
        case 'save':
          return api.post('/views', { page, name: change.name, filters: change.filters })
        case 'change':
          return api.patch(`/views/${change.view_id}`, change.patch)
        case 'delete':
          return api.delete(`/views/${change.view_id}`)
      }
    },
    onSettled: () => void client.invalidateQueries({ queryKey: keys.views(page) }),
  })
}
