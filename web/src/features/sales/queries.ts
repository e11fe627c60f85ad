// Owns reading what was sold over the API. Each answer comes with what it is about: the last one stays on the
// page until the next is here.
import { keepPreviousData, useQuery } from '@tanstack/react-query'

import type { SalesGrouping, SalesItem, Today } from '../../../../src/modules/reports/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { type Totals, totalsOf } from './figures.ts'
import { daysBefore, type Period } from './period.ts'

const fresh = {
  /** Orders come in while somebody looks. */
  refetchInterval: 30_000,
  placeholderData: keepPreviousData,
}
/** As many as the server gives at once. */
const most = 100

export interface Days {
  readonly days: readonly SalesItem[]
  /** Of as many days before; null when they weren't asked for. */
  readonly before: Totals | null
}

/** Every day of the period, in order. */
export function useDays(period: Period) {
  const earlier = daysBefore(period)
  const query = { group_by: 'day', from: earlier?.from ?? period.from, to: period.to }
  return useQuery({
    queryKey: keys.sales(query),
    queryFn: async ({ signal }): Promise<Days> => {
      const { items } = await api.get<Page<SalesItem>>('/reports/sales', query, signal)
      const isEarlier = ({ day = '' }: SalesItem) => day < period.from
      return {
        days: items.filter((item) => !isEarlier(item)),
        before: earlier && totalsOf(items.filter(isEarlier)),
      }
    },
    ...fresh,
  })
}

/** The best-selling first. */
export function useBestSelling(group_by: Exclude<SalesGrouping, 'day'>, { from, to }: Period) {
  const query = { group_by, from, to, limit: most }
  return useQuery({
    queryKey: keys.sales(query),
    queryFn: async ({ signal }) =>
      (await api.get<Page<SalesItem>>('/reports/sales', query, signal)).items,
    ...fresh,
  })
}

/** The day as it stands; what happens is heard of, except sales at the counter. */
export function useToday() {
  return useQuery({
    queryKey: keys.today,
    queryFn: async () => (await api.get<{ item: Today }>('/reports/today')).item,
    refetchInterval: 15_000,
  })
}
