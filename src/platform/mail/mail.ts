// Owns what a mail is to those who want one sent: what it is about now, its words only when it is sent.
import type { Text } from '../../lib/errors.ts'
import type { Trx } from '../db/store.ts'

export type MailLanguage = keyof Text

/** A mail to be sent after the commit. */
export interface NewMail {
  readonly kind: string
  /** Whom it is for; null when that is found out at the sending. */
  readonly user_id: number | null
  /** Facts, as JSON. Never a secret; of a person only with their `user_id`, or for the time until `expires_at`. */
  readonly data: unknown
  /** Null: the shop's own. */
  readonly language: MailLanguage | null
  /** After this nobody needs it any more: epoch milliseconds. */
  readonly expires_at?: number
}

export interface MailQueue {
  /** False when no mail server is configured: then nothing is kept either. */
  readonly on: boolean
  /** In the transaction of what the mail tells of. */
  put(trx: Trx, mails: readonly NewMail[], now: number): Promise<void>
}

/** A mail as it is handed to the server. */
export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

export interface MailOccasion {
  readonly mail_id: number
  readonly user_id: number | null
  readonly data: unknown
  readonly language: MailLanguage
  /** Where links begin, without a slash at the end. */
  readonly publicUrl: string
  readonly shopName: string
  readonly now: number
}

/** One kind of mail, as a module writes it. */
export interface MailKind {
  readonly kind: string
  /** Runs right before each attempt. @returns null when nobody wants it any more */
  compose(occasion: MailOccasion): Promise<Mail | null>
}

/** For a shop without a mail server. */
export const NO_MAIL: MailQueue = { on: false, put: () => Promise.resolve() }
