// Owns how many orders each column of the board has, for a screen that shows one of them.
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'

import type { OrderStatus } from '../../../../src/modules/orders/schema.ts'
import { boardColumnQuery } from './queries.ts'

export interface BoardCounts<S extends OrderStatus> {
  /** `50+` where there are more than a column shows; empty until it is known. */
  readonly textOf: (status: S) => string
  /** The first column that had an order when the board was opened; null until that is known. */
  readonly first: S | null
}

export function useBoardCounts<S extends OrderStatus>(
  statuses: readonly [S, ...S[]],
): BoardCounts<S> {
  const [first, setFirst] = useState<S | null>(null)
  const columns = useQueries({
    queries: statuses.map((status) => boardColumnQuery(status)),
  })
  const pageOf = (status: S) => columns[statuses.indexOf(status)]?.data
  // Once: what comes in later must not take the column away that somebody looks at.
  if (first === null && columns.every(({ isPending }) => !isPending)) {
    setFirst(statuses.find((status) => (pageOf(status)?.items.length ?? 0) > 0) ?? statuses[0])
  }
  return {
    first,
    textOf: (status) => {
      const page = pageOf(status)
      return page ? `${page.items.length}${page.next_cursor === null ? '' : '+'}` : ''
    },
  }
}
