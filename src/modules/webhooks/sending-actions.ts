// Owns sending what waits for webhooks: outside of every transaction, some at a time, so that a slow receiver holds up
// nobody in the shop. An event may come twice, never not at all; its receiver knows it by its id.
import { makeEvent } from '../../lib/events.ts'
import { causeAfter } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { DeliveryDeadLettered } from '../../platform/events/failed-deliveries.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { Core } from '../../platform/module.ts'
import { ForbiddenAddress, post } from '../../platform/outbound/post.ts'
import { placeOf, type WebhookContext } from './actions.ts'
import { type Failure, failureOf, heldBackUntil, isBusy, verdictOn } from './rules.ts'
import { signatureOf } from './sign.ts'
import {
  anyDue,
  claimDue,
  type DeliveryRow,
  findWebhook,
  noteFailure,
  postpone,
  removeSent,
  updateWebhook,
  type WebhookRow,
} from './store.ts'

const AT_ONCE = 8
/** Longer than any attempt lasts. */
const CLAIM_MS = 60_000

/** Sends all that is due. @returns how many attempts were made */
export async function sendDue(
  ctx: WebhookContext,
  core: Core,
  stopped = () => false,
): Promise<number> {
  let attempts = 0
  while (!stopped()) {
    const now = core.clock.now()
    if (!(await anyDue(ctx.store.db, now))) break
    const claim = { limit: AT_ONCE, claimMs: CLAIM_MS }
    const rows = await ctx.store.transaction(
      (trx) => claimDue(ctx.store, trx, now, claim),
      runAgain,
    )
    if (rows.length === 0) break
    await Promise.all(rows.map((row) => attempt(ctx, core, row)))
    attempts += rows.length
  }
  return attempts
}

async function attempt(ctx: WebhookContext, core: Core, row: DeliveryRow): Promise<void> {
  const { store } = ctx
  const webhook = await findWebhook(store.db, row.webhook_id)
  if (!webhook || webhook.active !== 1) {
    return store.transaction((trx) => removeSent(trx, row), runAgain)
  }
  const failed = await send(ctx, webhook, row, core.clock.now())
  const now = core.clock.now()
  await store.transaction(async (trx) => {
    if (failed) return fail(ctx, trx, row, failed, now)
    await removeSent(trx, row)
    await updateWebhook(trx, row.webhook_id, { delivered_at: now })
  }, runAgain)
  if (!failed) return
  const facts = { webhook_id: row.webhook_id, event_id: row.event_id, reason: failed.words }
  core.log.warn(facts, 'a webhook did not take an event')
}

interface Failed {
  readonly failure: Failure
  /** Nobody answered, or the answer was that it is too much: the next one would fare no better. */
  readonly isAway: boolean
  readonly words: string
}

async function send(
  { sealer, outbound }: WebhookContext,
  { webhook_id, url, secret: sealed }: WebhookRow,
  { event_id, type, body }: DeliveryRow,
  now: number,
): Promise<Failed | null> {
  const secret = sealer.open(sealed, placeOf(webhook_id))
  if (secret === null) {
    const words = 'its secret cannot be read: was PETSHOP_SECRET_KEY changed?'
    return { failure: 'later', isAway: true, words }
  }
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'petshop-webhooks',
    'petshop-event': type,
    'petshop-event-id': event_id,
    'petshop-signature': signatureOf(secret, body, now),
  }
  try {
    const status = await post(url, { headers, body }, outbound)
    const failure = failureOf(status)
    return failure && { failure, isAway: isBusy(status), words: `it answered ${status}` }
  } catch (error) {
    // What a name points to may be mended; what was typed in may be changed.
    const words = error instanceof Error ? wordsOf(error) : String(error)
    return { failure: 'later', isAway: true, words }
  }
}

function wordsOf(error: Error): string {
  if (error instanceof ForbiddenAddress) return error.message
  const { code } = error as NodeJS.ErrnoException
  const isTimeout = error.name === 'AbortError' || error.name === 'TimeoutError'
  return isTimeout ? 'it did not answer in time' : (code ?? error.message)
}

async function fail(
  { store }: WebhookContext,
  trx: Trx,
  row: DeliveryRow,
  { failure, isAway, words }: Failed,
  now: number,
): Promise<void> {
  const verdict = verdictOn(row.attempts, failure, now)
  if (!(await noteFailure(trx, row, verdict, words))) return
  if (verdict.state === 'waiting') {
    if (isAway) await postpone(trx, row.webhook_id, heldBackUntil(verdict, now))
    return
  }
  const group = `webhook ${row.webhook_id}`
  const { event_id, type } = row
  const event = makeEvent(DeliveryDeadLettered, group, { group, event_id, type, error: words })
  await appendEvents(store, trx, causeAfter(undefined, now), [event])
}
