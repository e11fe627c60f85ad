// Shows that a process' own memory never hides a change: not its own at all, another process' for a second at most.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTwoProcesses, type TwoProcesses, untilCached } from './two-processes.ts'

/** More than any entry lives that only one process keeps. */
const A_SECOND_MS = 1010

describe('[memory] [sqlite] products that each process remembers for itself', () => {
  let shop: TwoProcesses
  let id: number
  beforeEach(async () => {
    shop = await openTwoProcesses(null)
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    const product = { sku: 'S-1', product_name: '狗粮', price_cents: 100, quantity: 5 }
    ;[id = 0] = await shop.one.app.inventory.createProducts(cause, [product])
  })
  afterEach(() => shop.close())

  type Half = TwoProcesses['one']
  const item = async (half: Half) => (await half.get(`/api/inventory/${id}`)).body.item
  const names = async (half: Half, query = 'search=粮') =>
    (await half.get(`/api/inventory?${query}`)).body.items.map(
      (each: { product_name: string }) => each.product_name,
    )
  const remember = async () => {
    for (const half of [shop.one, shop.other]) {
      await untilCached(half, 'product', () => item(half))
      await untilCached(half, 'product_list', () => names(half))
    }
  }

  test('are seen as they were changed: at once here, within a second there, quantities at once', async () => {
    await remember()
    const { token } = shop.people.manager
    const url = `/api/inventory/${id}`
    const count = { kind: 'count', quantity: 2 }
    await shop.one.ask({ method: 'POST', url: `${url}/movements`, token, body: count })
    expect([(await item(shop.one)).quantity, (await item(shop.other)).quantity]).toEqual([2, 2])
    await shop.one.ask({ method: 'PATCH', url, token, body: { product_name: '猫饼' } })
    expect([await names(shop.one), (await item(shop.one)).product_name]).toEqual([[], '猫饼'])
    expect((await item(shop.other)).product_name).toBe('猫饼')
    await sleep(A_SECOND_MS)
    expect(await names(shop.other)).toEqual([])
  })

  test('are not remembered as sessions are: those are asked for every time', async () => {
    const { customer } = shop.people
    expect((await shop.other.get('/api/me', customer.token)).status).toBe(200)
    await shop.one.ask({ method: 'POST', url: '/api/logout', token: customer.token })
    expect((await shop.other.get('/api/me', customer.token)).status).toBe(401)
  })
})
