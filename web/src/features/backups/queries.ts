// Owns reading, making and deleting backups over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { Backup } from '../../../../src/modules/system/backup-schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export interface BackupList {
  readonly items: Backup[]
  /** False where the database is a server, which brings its own tool. */
  readonly supported: boolean
}

/** One that is being made grows before one's eyes; otherwise another owner may make one. */
const whileRunning = 1_000
const otherwise = 30_000

export function useBackups() {
  return useQuery({
    queryKey: keys.backups,
    queryFn: () => api.get<BackupList>('/system/backups'),
    refetchInterval: ({ state }) =>
      state.data?.items.some((backup) => backup.state === 'running') ? whileRunning : otherwise,
  })
}

export function useMakeBackup() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => (await api.post<{ item: Backup }>('/system/backups')).item,
    // Also after a refusal: another one is running then.
    onSettled: () => client.invalidateQueries({ queryKey: keys.backups }),
  })
}

export function useDeleteBackup() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.delete(`/system/backups/${encodeURIComponent(name)}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.backups }),
  })
}

export function downloadPath(name: string): string {
  return `/api/system/backups/${encodeURIComponent(name)}`
}
