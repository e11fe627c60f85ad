// Owns the HTTP side of webhooks, for the owner.
import Type from 'typebox'
import { Done, Id, itemList, oneItem, ref, strict, toTimestamp } from '../../lib/wire.ts'
import { causeOf } from '../../platform/http/access.ts'
import { notFound } from '../../platform/http/errors.ts'
import { allowNoBody, NoBody } from '../../platform/http/no-body.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import {
  addWebhook,
  changeWebhook,
  presentWebhooks,
  removeWebhook,
  renewSecret,
  replayDead,
  sendTest,
  type WebhookContext,
} from './actions.ts'
import {
  type DeliveryState,
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookPatch,
  WebhookSecret,
} from './schema.ts'
import { findWebhook, listDeliveries } from './store.ts'

const tags = ['webhooks']
const config = { access: 'owner' } as const
const params = Type.Object({ webhook_id: Id }, strict)
const success = { status: 'success' } as const
const SHOWN = 50

export function webhookRoutes(app: HttpServer, ctx: WebhookContext): void {
  for (const schema of [Webhook, WebhookSecret, NewWebhook, WebhookPatch, WebhookDelivery])
    app.addSchema(schema)
  editRoutes(app, ctx)
  secretRoutes(app, ctx)
  deliveryRoutes(app, ctx)
}

function editRoutes(app: HttpServer, ctx: WebhookContext): void {
  const { store } = ctx
  app.get(
    '/api/webhooks',
    {
      config,
      schema: {
        tags,
        summary: 'Who is told of which events, and whether they take them',
        response: answers(200, itemList(ref(Webhook))),
      },
    },
    async () => ({ ...success, items: await presentWebhooks(store.db), next_cursor: null }),
  )
  app.patch(
    '/api/webhooks/:webhook_id',
    {
      config,
      schema: {
        tags,
        summary: 'Change the address, the events, or whether it is on',
        params,
        body: ref(WebhookPatch),
        response: answers(200, Done),
      },
    },
    async (request) => {
      await changeWebhook(ctx, request.params.webhook_id, request.body, causeOf(request))
      return success
    },
  )
  app.delete(
    '/api/webhooks/:webhook_id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete it, and what waits for it',
        params,
        response: answers(200, Done),
      },
    },
    async (request) => {
      await removeWebhook(ctx, request.params.webhook_id, causeOf(request))
      return success
    },
  )
}

function secretRoutes(app: HttpServer, ctx: WebhookContext): void {
  app.post(
    '/api/webhooks',
    {
      // No Idempotency-Key: an answer that is kept would keep the secret.
      config,
      schema: {
        tags,
        summary: 'Have an https address told of events; the answer has its secret, once',
        description:
          'Each event is POSTed as `{event_id, type, version, occurred_at, data}` with `petshop-signature: t=…,v1=…`: the HMAC-SHA256, in hex, of `t.body` with the secret. Any 2xx takes it; otherwise it is tried again for two days. It may come twice, with the same `event_id`.',
        body: ref(NewWebhook),
        response: answers(201, oneItem(ref(WebhookSecret))),
      },
    },
    async (request, reply) => {
      const item = await addWebhook(ctx, request.body, causeOf(request))
      return reply.code(201).send({ ...success, item })
    },
  )
  app.put(
    '/api/webhooks/:webhook_id/secret',
    {
      config,
      schema: {
        tags,
        summary: 'A new secret in the place of the old',
        params,
        body: NoBody,
        response: answers(200, oneItem(ref(WebhookSecret))),
      },
      preValidation: allowNoBody,
    },
    async (request) => ({
      ...success,
      item: await renewSecret(ctx, request.params.webhook_id, causeOf(request)),
    }),
  )
}

function deliveryRoutes(app: HttpServer, ctx: WebhookContext): void {
  const { store } = ctx
  app.get(
    '/api/webhooks/:webhook_id/deliveries',
    {
      config,
      schema: {
        tags,
        summary: 'What waits for it or was given up, newest first: 50 at most',
        params,
        response: answers(200, itemList(ref(WebhookDelivery))),
      },
    },
    async (request) => {
      const { webhook_id } = request.params
      if (!(await findWebhook(store.db, webhook_id))) throw notFound()
      const rows = await listDeliveries(store.db, webhook_id, SHOWN)
      const items = rows.map(({ body: _, webhook_id: __, ...row }) => ({
        ...row,
        state: row.state as DeliveryState,
        next_attempt_at: toTimestamp(row.next_attempt_at),
        created_at: toTimestamp(row.created_at),
      }))
      return { ...success, items, next_cursor: null }
    },
  )
  const act = {
    config,
    preValidation: allowNoBody,
    schema: { tags, params, body: NoBody, response: answers(202, Done) },
  }
  app.post(
    '/api/webhooks/:webhook_id/tests',
    { ...act, schema: { ...act.schema, summary: 'Send it an event that means nothing' } },
    async (request, reply) => {
      await sendTest(ctx, request.params.webhook_id, causeOf(request))
      return reply.code(202).send(success)
    },
  )
  app.post(
    '/api/webhooks/:webhook_id/replays',
    { ...act, schema: { ...act.schema, summary: 'Try again what was given up' } },
    async (request, reply) => {
      await replayDead(ctx, request.params.webhook_id, request.now)
      return reply.code(202).send(success)
    },
  )
}
