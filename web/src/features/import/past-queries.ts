// Owns reading past imports and undoing one over the API.
import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { KeptProduct, PastImport } from '../../../../src/modules/inventory/imports-schema.ts'
import { api } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'

export function usePastImports() {
  return usePages<PastImport>({ queryKey: keys.imports, path: '/inventory/imports', limit: 10 })
}

export function useKept(importId: number) {
  return usePages<KeptProduct>({
    queryKey: keys.keptOfImport(importId),
    path: `/inventory/imports/${importId}/kept`,
    limit: 50,
  })
}

export function useUndoImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (importId: number) =>
      (await api.put<{ item: PastImport }>(`/inventory/imports/${importId}/reversal`)).item,
    // Not waited for: the button that asked is gone by then, and would say nothing.
    onSettled: () => void client.invalidateQueries({ queryKey: keys.inventory }),
  })
}
