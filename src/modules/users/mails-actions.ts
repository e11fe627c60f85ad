// Owns telling people by mail what happened to their account; whoever has no address isn't told.
import type { MailKind, MailLanguage, NewMail } from '../../platform/mail/mail.ts'
import type { UsersContext } from './context.ts'
import { type Notice, noticeWords } from './mails-rules.ts'
import { findUser } from './store.ts'

const KIND = 'account_notice'

interface NoticeData {
  readonly notice: Notice
  /** Another address than the account's: the one it had. */
  readonly to?: string
}

/** @param to the address the account had, when that is what changed */
export function noticeOf(
  notice: Notice,
  user_id: number,
  language: MailLanguage | null,
  to?: string,
): NewMail {
  const data: NoticeData = { notice, ...(to !== undefined && { to }) }
  return { kind: KIND, user_id, data, language }
}

export function noticeMail({ core }: UsersContext): MailKind {
  return {
    kind: KIND,
    async compose({ user_id, data, language, shopName, publicUrl }) {
      const account = user_id === null ? null : await findUser(core.store.db, user_id)
      const { notice, to = account?.email ?? '' } = data as NoticeData
      if (!account || to === '') return null
      const facts = { notice, username: account.username, shopName, publicUrl }
      return { to, ...noticeWords(facts, language) }
    },
  }
}
