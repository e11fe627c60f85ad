// Shows that people who listen in one process hear at once what another one has written, and nobody wakes for nothing.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Listener } from '../../src/modules/notifications/live-actions.ts'
import { createWake } from '../../src/modules/notifications/wake-actions.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { openTwoProcesses, type TwoProcesses } from './two-processes.ts'

describeEngine('redis', 'live notifications', (url) => {
  let shop: TwoProcesses
  beforeEach(async () => {
    shop = await openTwoProcesses(url)
  })
  afterEach(() => shop.close())

  async function order(): Promise<void> {
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    const [product_id] = await shop.one.app.inventory.createProducts(cause, [
      { sku: `S-${Math.random()}`, product_name: '狗粮', price_cents: 100, quantity: 5 },
    ])
    const { user_id, token } = shop.people.customer
    const body = { user_id, items: [{ product_id, quantity: 1 }] }
    await shop.one.ask({ method: 'POST', url: '/api/orders', token, body })
  }

  /** As a page of the customer that is open in the other process. */
  function listen() {
    const heard: string[] = []
    const listener: Listener = {
      user_id: shop.people.customer.user_id,
      write: (row) => heard.push(row.kind) > 0,
      drained: () => Promise.resolve(),
      beat: () => Promise.resolve(true),
      close: () => {},
    }
    return { heard, leave: shop.other.app.notifications.live.listen(listener, 0) }
  }

  test('wake the watchers of another process', async () => {
    let woken = 0
    createWake(shop.other.app.core).onWake(() => woken++)
    const { heard, leave } = listen()
    // Whoever has just begun to listen may miss the first word.
    await until('it is woken', async () => {
      await order()
      await shop.settle()
      return woken > 0
    })
    await until('the customer hears', () => heard.includes('order.confirmed'))
    leave()
  })

  test('wake nobody for commits that told nobody anything', async () => {
    const { redis, store, clock } = shop.one.app.core
    await until('it is there', () => redis!.isUp())
    const before = redis!.calls.answered + redis!.calls.failed
    for (let i = 0; i < 20; i++) {
      await store.transaction((trx) =>
        trx
          .insertInto('settings')
          .values({ name: `test ${i}`, value: '1', updated_at: clock.now() })
          .execute(),
      )
    }
    expect(redis!.calls.answered + redis!.calls.failed).toBe(before)
  })

  test('come by looking, too, when Redis is away', async () => {
    await shop.one.app.core.redis!.close()
    await shop.other.app.core.redis!.close()
    const { heard, leave } = listen()
    await order()
    await shop.settle()
    await until('the customer hears', () => heard.includes('order.confirmed'))
    leave()
  })
})
