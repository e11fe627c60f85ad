// Owns the settings of backups: how many are kept, and where they go besides the folder.
import type { SettingsReader } from '../settings.ts'
import type { Retention } from './retention.ts'

export interface RemoteConfig {
  /** As in `https://s3.eu-central-1.amazonaws.com/bucket/folder`. */
  readonly url: string
  readonly region: string
  readonly key: string
  readonly secret: string
}

export interface BackupConfig {
  readonly keep: Retention
  readonly remote: RemoteConfig | null
}

export function readBackupSettings(read: SettingsReader): BackupConfig {
  return { keep: readKeep(read), remote: readRemote(read) }
}

function readKeep(read: SettingsReader): Retention {
  const fallback = '14d,8w'
  const text = read.pattern(
    'PETSHOP_BACKUP_KEEP',
    fallback,
    /^[1-9]\d{0,2}[dwm](,[1-9]\d{0,2}[dwm])*$/,
    'numbers of days, weeks and months, as in 14d,8w,12m',
  )
  const count = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0)
  return { days: count('d'), weeks: count('w'), months: count('m') }
}

function readRemote(read: SettingsReader): RemoteConfig | null {
  const url = read.optional('PETSHOP_BACKUP_S3_URL')
  const key = read.optional('PETSHOP_BACKUP_S3_KEY')
  const secret = read.optional('PETSHOP_BACKUP_S3_SECRET')
  const region = read.text('PETSHOP_BACKUP_S3_REGION', 'us-east-1')
  if (url === null) return null
  const parsed = URL.parse(url)
  const isPlain = parsed?.search === '' && parsed.hash === '' && parsed.username === ''
  if (
    !isPlain ||
    !/^https?:$/.test(parsed.protocol) ||
    !/^\/[\w.-]+(\/[\w.-]+)*\/?$/.test(parsed.pathname)
  ) {
    read.problems.push(
      'PETSHOP_BACKUP_S3_URL: must be https://HOST/BUCKET, or https://HOST/BUCKET/FOLDER',
    )
  }
  if (key === null) read.problems.push('PETSHOP_BACKUP_S3_URL: needs PETSHOP_BACKUP_S3_KEY')
  if (secret === null) read.problems.push('PETSHOP_BACKUP_S3_URL: needs PETSHOP_BACKUP_S3_SECRET')
  return { url: url.replace(/\/$/, ''), region, key: key ?? '', secret: secret ?? '' }
}
