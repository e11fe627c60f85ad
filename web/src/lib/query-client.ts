// Owns how answers are kept and retried: only failures that may pass by themselves are tried again.
import { QueryClient } from '@tanstack/react-query'

import { ApiError, whenSignedOut } from './api.ts'
import { whenReconnected } from './connection.ts'
import { keys } from './query-keys.ts'
import { forgetPerson } from './remembered.ts'

const seconds = 1000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10 * seconds,
      gcTime: 10 * 60 * seconds,
      retry: (failures, error) => failures < 2 && mayPass(error),
    },
    // Without a network they fail at once, and say so, instead of waiting unseen.
    mutations: { retry: false, networkMode: 'always' },
  },
})

whenSignedOut(() => {
  forgetPerson()
  queryClient.setQueryData(keys.me, null)
})

// What failed meanwhile, or may have changed, is asked for again.
whenReconnected(() => void queryClient.invalidateQueries())

function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}
