// Owns the settings of outgoing mail: all of them or none; without a server the shop sends no mail.
import type { SettingsReader } from '../settings.ts'

const TLS = ['starttls', 'tls', 'none'] as const
export type MailTls = (typeof TLS)[number]

export interface MailConfig {
  readonly host: string
  readonly port: number
  /** `starttls` must succeed; `none` sends everything in the clear, for a relay on the same machine. */
  readonly tls: MailTls
  readonly user: string | null
  readonly password: string | null
  /** The address that mails come from; the shop's name is put before it. */
  readonly from: string
  /** Where people reach the shop, without a slash at the end: links in mails begin with it. */
  readonly publicUrl: string
}

/** Null: no mail. A link's beginning is never taken from a request: whoever asks could choose it. */
export function readMailSettings(read: SettingsReader): MailConfig | null {
  const host = read.optional('PETSHOP_SMTP_HOST')
  const tls = read.choice('PETSHOP_SMTP_TLS', TLS) ?? 'starttls'
  const port = read.integer('PETSHOP_SMTP_PORT', tls === 'tls' ? 465 : 587, 1, 65_535)
  const user = read.optional('PETSHOP_SMTP_USER')
  const password = read.optional('PETSHOP_SMTP_PASSWORD')
  const from = read.optional('PETSHOP_SMTP_FROM')
  const publicUrl = readPublicUrl(read)
  if (host === null) return null
  if ((user === null) !== (password === null)) {
    read.problems.push('PETSHOP_SMTP_USER: goes together with PETSHOP_SMTP_PASSWORD')
  }
  if (from === null || !/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(from)) {
    read.problems.push(`PETSHOP_SMTP_FROM=${from ?? ''}: must be an address as in shop@example.com`)
  }
  if (publicUrl === null) {
    read.problems.push('PETSHOP_PUBLIC_URL: mails need it for their links')
  }
  return { host, port, tls, user, password, from: from ?? '', publicUrl: publicUrl ?? '' }
}

function readPublicUrl(read: SettingsReader): string | null {
  const text = read.optional('PETSHOP_PUBLIC_URL')
  if (text === null) return null
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    read.problems.push(
      `PETSHOP_PUBLIC_URL=${text}: must be an address as in https://shop.example.com, without a path`,
    )
    return null
  }
  return url.origin
}
