// Owns reading a list page by page with the server's cursor, as one growing list.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'

import { api, type Page, type Query } from './api.ts'

interface PagedList {
  readonly queryKey: readonly unknown[]
  readonly path: string
  readonly query?: Query
  readonly limit?: number
  readonly enabled?: boolean
  readonly refetchInterval?: number | false
}

/** Somebody who has gone through more pages isn't waiting for news: each look would ask for all of them. */
const mostLivePages = 3

export function usePages<T>(list: PagedList) {
  const { queryKey, path, query, limit = 24, refetchInterval = false, ...options } = list
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > mostLivePages ? false : refetchInterval,
    ...options,
  })
  const { fetchNextPage } = result
  return {
    items: useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? [], [result.data]),
    loading: result.isPending,
    /** Another filter's answer is still shown while its own is on the way. */
    stale: result.isPlaceholderData,
    error: result.isError && !result.data ? result.error : null,
    retry: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
  }
}
