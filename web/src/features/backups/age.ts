// Owns when an owner should think of making a backup. Pure.
import type { Backup } from '../../../../src/modules/system/backup-schema.ts'

const day = 86_400_000
const longDays = 7

/** `never`, or how many days old the newest good backup is; null while there is nothing to say. */
export function reminderOf(backups: readonly Backup[], now: number): 'never' | number | null {
  if (backups.some(({ state }) => state === 'running')) return null
  const times = backups
    .filter(({ state }) => state === 'ready')
    .map(({ created_at: time }) => Date.parse(time))
  if (times.length === 0) return 'never'
  const days = Math.floor((now - Math.max(...times)) / day)
  return days >= longDays ? days : null
}
