// Owns what follows from events for webhooks: a delivery for each that wants the event, sent later, outside of this.
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import type { Store } from '../../platform/db/store.ts'
import type { Consumer } from '../../platform/events/consumer.ts'
import { bodyOf } from './body.ts'
import { WEBHOOK_KINDS, type WebhookKind } from './schema.ts'
import { insertDeliveries, kindsOf, listWebhooks } from './store.ts'

export function webhookConsumers(store: Store, now: () => number): Consumer[] {
  return [
    queueing(store, now, 'queue-webhooks-on-order-change', 'orders', (kind) =>
      kind.startsWith('order.'),
    ),
    queueing(store, now, 'queue-webhooks-on-stock-alert', 'inventory', (kind) =>
      /^(?:stock|product)\./.test(kind),
    ),
  ]
}

function queueing(
  store: Store,
  now: () => number,
  name: string,
  stream: Stream,
  isOurs: (kind: WebhookKind) => boolean,
): Consumer {
  return {
    name,
    stream,
    types: WEBHOOK_KINDS.filter(isOurs),
    async handle(trx, events) {
      const active = (await listWebhooks(trx)).filter((row) => row.active === 1)
      const deliveries = active.flatMap((row) => {
        const wanted = new Set<string>(kindsOf(row))
        return events
          .filter(({ type }) => wanted.has(type))
          .map((event) => deliveryOf(row.webhook_id, event))
      })
      await insertDeliveries(store, trx, deliveries, now())
    },
  }
}

function deliveryOf(webhook_id: number, event: RecordedEvent) {
  const { event_id, type } = event
  return { webhook_id, event_id, type, body: bodyOf(event) }
}
