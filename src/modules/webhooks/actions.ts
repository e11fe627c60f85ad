// Owns what an owner does with webhooks; each act is in the audit log, without the secret.
import type { Cause } from '../../lib/cause.ts'
import { toTimestamp } from '../../lib/wire.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { addressProblem, type Outbound } from '../../platform/outbound/post.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { type Act, recordActs } from '../audit/index.ts'
import { tooManyWebhooks, urlRefused } from './errors.ts'
import {
  type NewWebhook,
  TEST_KIND,
  type Webhook,
  type WebhookPatch,
  type WebhookSecret,
} from './schema.ts'
import { newSecret } from './sign.ts'
import {
  countByState,
  deleteWebhook,
  insertDeliveries,
  insertWebhook,
  kindsOf,
  lastError,
  listWebhooks,
  lockWebhook,
  reviveDead,
  updateWebhook,
  type WebhookRow,
} from './store.ts'
import { bodyOf } from './body.ts'

export interface WebhookContext {
  readonly store: Store
  readonly ids: Sequence
  readonly sealer: Sealer
  readonly outbound: Outbound
}

const MOST = 50

/** What a sealed secret is bound to. */
export const placeOf = (webhook_id: number) => `webhook ${webhook_id}`

/** The list, each with what waits for it. */
export async function presentWebhooks(reader: Reader): Promise<Webhook[]> {
  const counts = await countByState(reader)
  const present = async (row: WebhookRow): Promise<Webhook> => ({
    webhook_id: row.webhook_id,
    url: row.url,
    kinds: kindsOf(row),
    active: row.active === 1,
    delivered_at: row.delivered_at === null ? null : toTimestamp(row.delivered_at),
    waiting: counts.get(row.webhook_id)?.waiting ?? 0,
    dead: counts.get(row.webhook_id)?.dead ?? 0,
    error: counts.has(row.webhook_id) ? await lastError(reader, row.webhook_id) : null,
    created_at: toTimestamp(row.created_at),
  })
  const webhooks: Webhook[] = []
  for (const row of await listWebhooks(reader)) webhooks.push(await present(row))
  return webhooks
}

/** @returns the secret, which nobody can read again. @throws WEBHOOK_URL, TOO_MANY_WEBHOOKS */
export async function addWebhook(
  ctx: WebhookContext,
  { url, kinds }: NewWebhook,
  cause: Cause,
): Promise<WebhookSecret> {
  refuseUrl(ctx, url)
  const [webhook_id = 0] = await ctx.ids.take(1)
  const secret = newSecret()
  const row = {
    webhook_id,
    url,
    kinds: kinds.join(),
    secret: ctx.sealer.seal(secret, placeOf(webhook_id)),
    active: 1,
    delivered_at: null,
    created_at: cause.now,
    updated_at: cause.now,
  }
  await ctx.store.transaction(async (trx) => {
    if ((await listWebhooks(trx)).length >= MOST) throw tooManyWebhooks({ params: { most: MOST } })
    await insertWebhook(trx, row)
    await note(ctx, trx, cause, 'webhook.added', webhook_id, { after: factsOf(row) })
    // Not run again: when the answer to the commit is lost, it may be there, with a secret that nobody was told.
  })
  return { webhook_id, secret }
}

/** @throws NOT_FOUND, WEBHOOK_URL */
export function changeWebhook(
  ctx: WebhookContext,
  webhook_id: number,
  { url, kinds, active }: WebhookPatch,
  cause: Cause,
): Promise<void> {
  if (url !== undefined) refuseUrl(ctx, url)
  return changeLocked(ctx, webhook_id, cause, () => ({
    ...(url !== undefined && { url }),
    ...(kinds && { kinds: kinds.join() }),
    ...(active !== undefined && { active: active ? 1 : 0 }),
  }))
}

/** The old secret is worth nothing from now on. @throws NOT_FOUND */
export async function renewSecret(
  ctx: WebhookContext,
  webhook_id: number,
  cause: Cause,
): Promise<WebhookSecret> {
  const secret = newSecret()
  const sealed = ctx.sealer.seal(secret, placeOf(webhook_id))
  await changeLocked(ctx, webhook_id, cause, () => ({ secret: sealed }))
  return { webhook_id, secret }
}

function changeLocked(
  ctx: WebhookContext,
  webhook_id: number,
  cause: Cause,
  change: () => Partial<WebhookRow>,
): Promise<void> {
  return ctx.store.transaction(async (trx) => {
    const row = await getLocked(ctx, trx, webhook_id)
    const changed = change()
    await updateWebhook(trx, webhook_id, { ...changed, updated_at: cause.now })
    const after = { ...factsOf({ ...row, ...changed }), secret_renewed: 'secret' in changed }
    await note(ctx, trx, cause, 'webhook.changed', webhook_id, { before: factsOf(row), after })
  }, runAgain)
}

/** @throws NOT_FOUND */
export function removeWebhook(
  ctx: WebhookContext,
  webhook_id: number,
  cause: Cause,
): Promise<void> {
  return ctx.store.transaction(async (trx) => {
    const row = await getLocked(ctx, trx, webhook_id)
    await deleteWebhook(trx, webhook_id)
    await note(ctx, trx, cause, 'webhook.deleted', webhook_id, { before: factsOf(row) })
  }, runAgain)
}

/** Sends an event that means nothing. @throws NOT_FOUND */
export function sendTest(ctx: WebhookContext, webhook_id: number, cause: Cause): Promise<void> {
  return ctx.store.transaction(async (trx) => {
    await getLocked(ctx, trx, webhook_id)
    const event_id = crypto.randomUUID()
    const facts = { event_id, type: TEST_KIND, version: 1, occurred_at: cause.now, payload: {} }
    const delivery = { webhook_id, event_id, type: TEST_KIND, body: bodyOf(facts) }
    await insertDeliveries(ctx.store, trx, [delivery], cause.now)
  }, runAgain)
}

/** Tries what was given up once more. @returns how many. @throws NOT_FOUND */
export function replayDead(
  { store }: WebhookContext,
  webhook_id: number,
  now: number,
): Promise<number> {
  return store.transaction(async (trx) => {
    if (!(await lockWebhook(store, trx, webhook_id))) throw notFound()
    return reviveDead(trx, webhook_id, now)
  }, runAgain)
}

function refuseUrl({ outbound }: WebhookContext, url: string): void {
  const problem = addressProblem(url, outbound)
  if (problem !== null)
    throw urlRefused({ params: { problem }, details: [{ field: 'url', problem }] })
}

async function getLocked(
  { store }: WebhookContext,
  trx: Trx,
  webhook_id: number,
): Promise<WebhookRow> {
  const row = await lockWebhook(store, trx, webhook_id)
  if (!row) throw notFound()
  return row
}

/** The host alone: a path may be a secret of the receiver's. */
function factsOf({ url, kinds, active }: Pick<WebhookRow, 'url' | 'kinds' | 'active'>) {
  return { host: URL.parse(url)?.host ?? '', kinds: kinds.split(','), active: active === 1 }
}

function note(
  { store }: WebhookContext,
  trx: Trx,
  cause: Cause,
  act: Act['act'],
  webhook_id: number,
  facts: Pick<Act, 'before' | 'after'>,
): Promise<void> {
  return recordActs(store, trx, cause, [{ act, subject: ['webhook', webhook_id], ...facts }])
}
