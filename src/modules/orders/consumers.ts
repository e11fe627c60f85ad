// Owns what follows from order events: a placed order is confirmed by itself, if the shop wants that.
import { causeAfter } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import type { Consumer } from '../../platform/events/consumer.ts'
import { appendCaused } from '../../platform/events/outbox.ts'
import { readPayload } from '../../platform/events/payload.ts'
import { OrderConfirmed, OrderPlaced } from './schema.ts'
import { confirmPending, lockPending } from './store.ts'

export interface ConfirmNeeds {
  readonly autoConfirm: (trx: Trx) => Promise<boolean>
  readonly now: () => number
}

export function confirmOrderOnPlaced(store: Store, needs: ConfirmNeeds): Consumer {
  return {
    name: 'confirm-order-on-placed',
    stream: 'orders',
    types: [OrderPlaced.type],
    async handle(trx, events) {
      const placed = new Map(
        events.map((event) => [readPayload(OrderPlaced, event).order_id, event]),
      )
      if (!(await needs.autoConfirm(trx))) return
      const pending = await lockPending(store, trx, [...placed.keys()])
      if (pending.length === 0) return
      const now = needs.now()
      await confirmPending(
        store,
        trx,
        pending.map((order) => order.order_id),
        now,
      )
      await appendCaused(
        store,
        trx,
        pending.map((order) => {
          const cause = causeAfter(placed.get(order.order_id), now)
          return {
            cause,
            event: makeEvent(OrderConfirmed, order.order_id, { ...order, actor_id: null }),
          }
        }),
      )
    },
  }
}
