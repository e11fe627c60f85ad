// Owns sending what waits: one mail after the other, outside of every transaction, so that a slow or missing mail
// server holds up nobody and loses nothing. A mail may come twice, never not at all.
import { runAgain } from '../../platform/db/transactions.ts'
import type { MailKind } from '../../platform/mail/mail.ts'
import type { MailConfig } from '../../platform/mail/settings.ts'
import { failureOf, type MailTransport } from '../../platform/mail/transport.ts'
import type { Core } from '../../platform/module.ts'
import { type Failure, verdictOn } from './rules.ts'
import { anyDue, claimDue, type MailRow, noteFailure, removeSent } from './store.ts'

export interface SendingContext {
  readonly core: Core
  readonly config: MailConfig
  readonly transport: MailTransport
  readonly kinds: () => readonly MailKind[]
  readonly shop: () => Promise<{ readonly name: string; readonly language: 'zh' | 'en' }>
}

export type Outcome = 'sent' | 'dropped' | Failure

/** Longer than any attempt lasts. */
const CLAIM = { limit: 1, claimMs: 5 * 60_000 }

/**
 * Sends all that is due, until the server turns out to be away.
 * @returns what became of each
 */
export async function sendDue(ctx: SendingContext, stopped = () => false): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const { store, clock } = ctx.core
  while (!stopped() && outcomes.at(-1) !== 'away') {
    const now = clock.now()
    if (!(await anyDue(store.db, now))) break
    const [row] = await store.transaction((trx) => claimDue(store, trx, now, CLAIM), runAgain)
    if (!row) break
    outcomes.push(await attempt(ctx, row))
  }
  return outcomes
}

async function attempt(ctx: SendingContext, row: MailRow): Promise<Outcome> {
  const { store, clock, log } = ctx.core
  let outcome: Outcome
  try {
    outcome = await send(ctx, row)
  } catch (error) {
    // What fails before the server is asked isn't the server's fault.
    const failure = error instanceof NotComposed ? 'later' : failureOf(error)
    const now = clock.now()
    const verdict = verdictOn(row, failure, now)
    const words = error instanceof Error ? error.message : String(error)
    // What had its time anyway isn't kept for anybody to try again.
    const isOver = verdict.state === 'dead' && row.expires_at !== null
    await store.transaction(async (trx) => {
      if (isOver) await removeSent(trx, row)
      else await noteFailure(trx, row, verdict, words)
    }, runAgain)
    const facts = { error, mail_id: row.mail_id, kind: row.kind }
    if (verdict.state === 'dead') log.error(facts, 'a mail was given up')
    else log.warn(facts, 'a mail could not be sent and will be tried again')
    return failure
  }
  await store.transaction((trx) => removeSent(trx, row), runAgain)
  return outcome
}

class NotComposed extends Error {}

async function send(ctx: SendingContext, row: MailRow): Promise<'sent' | 'dropped'> {
  if (row.expires_at !== null && ctx.core.clock.now() >= row.expires_at) return 'dropped'
  const shop = await ctx.shop()
  const mail = await compose(ctx, row, shop).catch((error: unknown) => {
    throw new NotComposed(error instanceof Error ? error.message : String(error), { cause: error })
  })
  if (!mail) return 'dropped'
  const id = `${row.mail_id}.${row.created_at}`
  await ctx.transport.send(mail, { name: shop.name, id })
  return 'sent'
}

async function compose(
  ctx: SendingContext,
  row: MailRow,
  shop: { readonly name: string; readonly language: 'zh' | 'en' },
) {
  const kind = ctx.kinds().find((one) => one.kind === row.kind)
  if (!kind) throw new Error(`no module writes mails of the kind ${row.kind}`)
  return kind.compose({
    mail_id: row.mail_id,
    user_id: row.user_id,
    data: JSON.parse(row.data) as unknown,
    language: row.language === 'zh' || row.language === 'en' ? row.language : shop.language,
    publicUrl: ctx.config.publicUrl,
    shopName: shop.name,
    now: ctx.core.clock.now(),
  })
}
