// Owns the names of backups that the program makes by itself: the time of each, in UTC, so that they sort by it.

const NAME = /^petshop-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})\.db$/

export function backupName(now: number): string {
  const [date, time = ''] = new Date(now).toISOString().split('T')
  return `petshop-${date?.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}.db`
}

/** Epoch milliseconds; null for any other name: nothing else in the folder is shown, sent or deleted. */
export function timeOfBackup(name: string): number | null {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) || backupName(time) !== name ? null : time
}
