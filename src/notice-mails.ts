// Owns notifications by mail: who wants them is the notifications' matter, whose address it is the users', and the
// sending the mail's; none of the three knows the others.
import { isStaff } from './lib/roles.ts'
import { findRecipient } from './modules/users/index.ts'
import type { Reader, Trx } from './platform/db/store.ts'
import type { MailKind, MailLanguage, MailQueue } from './platform/mail/mail.ts'

const KIND = 'notification'

interface Facts {
  readonly kind: string
  readonly data: unknown
}

interface Notice extends Facts {
  readonly user_id: number
}

type Words = (facts: Facts, language: MailLanguage) => Promise<{ title: string; body: string }>

export function mailChannel(queue: MailQueue, now: () => number) {
  return {
    works: () => queue.on,
    queue: (trx: Trx, notices: readonly Notice[]) =>
      queue.put(
        trx,
        notices.map(({ user_id, kind, data }) => {
          return { kind: KIND, user_id, data: { kind, data }, language: null }
        }),
        now(),
      ),
  }
}

export function noticeMailKind(reader: Reader, wordsOf: Words): MailKind {
  return {
    kind: KIND,
    async compose({ user_id, data, language, publicUrl, shopName }) {
      const person = user_id === null ? null : await findRecipient(reader, user_id)
      if (!person) return null
      const words = await wordsOf(data as Facts, language)
      const links = isStaff(person.role)
        ? ['/office/notifications', '/office/notifications?view=preferences']
        : ['/notifications', '/account']
      return {
        to: person.email,
        subject: shopName === '' ? words.title : `${shopName} · ${words.title}`,
        text: letter(
          words.body,
          links.map((path) => publicUrl + path),
          language,
        ),
      }
    },
  }
}

function letter(body: string, [page = '', choice = '']: string[], language: MailLanguage): string {
  return language === 'zh'
    ? `${body}\n\n查看：${page}\n\n不想再收到这类邮件？${choice}\n`
    : `${body}\n\nSee ${page}\n\nChoose what is mailed to you: ${choice}\n`
}
