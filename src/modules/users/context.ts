// Owns what the actions of this module share: the store, the hashing queue, and the memory of failures.
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Trx } from '../../platform/db/store.ts'
import type { Core } from '../../platform/module.ts'
import type { Passwords } from '../../platform/passwords.ts'
import type { MailQueue } from '../../platform/mail/mail.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { BackOff } from './back-off.ts'
import type { CountBook } from './local-limits.ts'
import type { Refusals } from './refusals.ts'
import type { SessionCache } from './session-cache.ts'

export interface UsersContext {
  readonly core: Core
  readonly passwords: Passwords
  readonly userIds: Sequence
  readonly sessions: SessionCache
  readonly failures: BackOff
  /** What the audit log is told of log-ins that failed. */
  readonly refusals: Refusals
  /** New accounts per address. */
  readonly registrations: CountBook
  /** Answers per address that tell somebody's name or e-mail is taken. */
  readonly revelations: CountBook
  /** Requests for a new password, and tries to set one, per address. */
  readonly resets: CountBook
  readonly mails: MailQueue
  readonly sealer: Sealer
  /** What authenticator apps show beside the codes. */
  readonly shopName: () => Promise<string>
  /** Must staff have a second factor? */
  readonly secondFactorRequired: () => Promise<boolean>
  /** Erases what other modules know of the person; throws when the account must stay. */
  readonly beforeDelete: (trx: Trx, user_id: number) => Promise<void>
  /** Throws when staff must leave the account as it is. */
  readonly beforeChange: (trx: Trx, user_id: number) => Promise<void>
}
