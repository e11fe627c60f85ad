// Owns the table of mails that wait: written with what they tell of, claimed before they are sent.
import type { Selectable } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { waitingIn, waitingSince } from '../../platform/db/waiting.ts'
import type { NewMail } from '../../platform/mail/mail.ts'
import type { Database } from '../../tables.ts'
import type { MAIL_STATES } from './schema.ts'

export type MailRow = Selectable<Database['mails']>
type State = (typeof MAIL_STATES)[number]

export const { anyDue, claimDue, removeSent, noteFailure, forgetDead } = waitingIn<
  MailRow,
  'mail_id'
>('mails', 'mail_id')

export async function insertMails(
  store: Store,
  trx: Trx,
  mails: readonly NewMail[],
  now: number,
): Promise<void> {
  const rows = mails.map(({ data, expires_at = null, ...mail }) => ({
    ...mail,
    data: JSON.stringify(data),
    ...waitingSince(now),
    expires_at,
  }))
  await insertAll(store, trx, 'mails', rows)
}

/** Newest first. */
export async function listMails(
  reader: Reader,
  page: { readonly limit: number; readonly cursor?: string; readonly state?: State },
): Promise<{ items: MailRow[]; next_cursor: string | null }> {
  let query = reader
    .selectFrom('mails')
    .selectAll()
    .orderBy('mail_id', 'desc')
    .limit(page.limit + 1)
  if (page.state !== undefined) query = query.where('state', '=', page.state)
  if (page.cursor !== undefined) {
    query = query.where('mail_id', '<', decodeCursor(page.cursor, ['number'])[0])
  }
  return cutPage(await query.execute(), page.limit, (row) => [row.mail_id])
}

/** Gives a mail that was given up its attempts back, and its age. @returns false when there is none */
export async function reviveMail(trx: Trx, mail_id: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('mails')
    .set({ state: 'waiting' satisfies State, attempts: 0, next_attempt_at: now, created_at: now })
    .where('mail_id', '=', mail_id)
    .where('state', '=', 'dead' satisfies State)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Nobody is to try it again. @returns false when there is none that was given up */
export async function discardMail(trx: Trx, mail_id: number): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('mails')
    .where('mail_id', '=', mail_id)
    .where('state', '=', 'dead' satisfies State)
    .executeTakeFirst()
  return Number(numDeletedRows) === 1
}

/** In the transaction that erases the person. */
export async function deleteMailsFor(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('mails').where('user_id', '=', user_id).execute()
}
