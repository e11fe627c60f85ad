// Owns the HTTP side of outgoing mail, for the owner: what waits, what was given up, trying again and discarding.
import Type from 'typebox'
import { Done, Id, ref, strict, toTimestamp } from '../../lib/wire.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { MailList, MailQuery, QueuedMail } from './schema.ts'
import { discardMail, listMails, type MailRow, reviveMail } from './store.ts'

const tags = ['system']

export function mailRoutes(app: HttpServer, core: Core): void {
  app.addSchema(QueuedMail)
  app.addSchema(MailList)
  const { store } = core

  app.get(
    '/api/system/mails',
    {
      config: { access: 'owner' },
      schema: {
        tags,
        summary: 'Mails that wait to be sent and those that were given up, newest first',
        querystring: MailQuery,
        response: answers(200, ref(MailList)),
      },
    },
    async (request) => {
      const { limit = 20, ...query } = request.query
      const page = await listMails(store.db, { limit, ...query })
      const { next_cursor } = page
      const on = core.config.mail !== null
      return { status: 'success' as const, on, items: page.items.map(present), next_cursor }
    },
  )

  const params = Type.Object({ mail_id: Id }, strict)
  const config = { access: 'owner' } as const
  const schema = { tags, params, response: answers(200, Done) }
  app.post(
    '/api/system/mails/:mail_id/retry',
    { config, schema: { ...schema, summary: 'Try a mail again that was given up' } },
    async ({ params: { mail_id }, now }) =>
      doneIf(await store.transaction((trx) => reviveMail(trx, mail_id, now), runAgain)),
  )
  app.delete(
    '/api/system/mails/:mail_id',
    { config, schema: { ...schema, summary: 'Discard a mail that was given up' } },
    async ({ params: { mail_id } }) =>
      doneIf(await store.transaction((trx) => discardMail(trx, mail_id), runAgain)),
  )
}

function doneIf(found: boolean) {
  if (!found) throw notFound()
  return { status: 'success' as const }
}

function present(row: MailRow): QueuedMail {
  const { mail_id, kind, user_id, attempts, error } = row
  return {
    mail_id,
    kind,
    user_id,
    attempts,
    error,
    state: row.state === 'dead' ? 'dead' : 'waiting',
    created_at: toTimestamp(row.created_at),
    next_attempt_at: toTimestamp(row.next_attempt_at),
  }
}
