// Shows every transition against the one table of them: each action, in each state, by each role.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atLeast, type Role } from '../../src/lib/roles.ts'
import type { Order } from '../../src/modules/orders/index.ts'
import {
  judgeTransition,
  ORDER_ACTIONS,
  type OrderAction,
  type OrderState,
} from '../../src/modules/orders/rules.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let product_id: number
beforeAll(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 1_000_000 })
})
afterAll(() => shop.close())

const BODIES: Partial<Record<OrderAction, object>> = {
  shipment: { carrier: '顺丰', tracking_number: 'SF1' },
  cancellation: { reason: '不想要了' },
}

/** The least role each route lets in, as the design says. */
const ROUTE_ROLES: Record<OrderAction, Role> = {
  confirmation: 'clerk',
  readiness: 'clerk',
  shipment: 'clerk',
  completion: 'clerk',
  cancellation: 'customer',
  payment: 'clerk',
  refund: 'manager',
}

const ACTORS = ['customer', 'clerk', 'manager', 'owner'] as const

function move(actor: (typeof ACTORS)[number] | 'other', order_id: number, action: OrderAction) {
  return shop.as(actor).put(`/api/orders/${order_id}/${action}`, BODIES[action])
}

type Reached = { readonly state: OrderState; readonly path: readonly OrderAction[] }

/** Every state an order can get into, with a way that leads there. */
function reachable(): Reached[] {
  const found = new Map<string, Reached>()
  const waiting: Reached[] = (['delivery', 'pickup'] as const).map((fulfilment) => ({
    state: { status: 'pending', payment_status: 'unpaid', fulfilment },
    path: [],
  }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { state, path } = next
    if (found.has(nameOf(state))) continue
    found.set(nameOf(state), next)
    for (const action of ORDER_ACTIONS) {
      const verdict = judgeTransition(action, state, 'owner')
      if (!('step' in verdict)) continue
      waiting.push({ state: { ...state, ...verdict.step.to }, path: [...path, action] })
    }
  }
  return [...found.values()]
}

function nameOf({ status, payment_status, fulfilment }: OrderState): string {
  return `${status}, ${payment_status}, for ${fulfilment}`
}

async function orderIn({ state, path }: Reached): Promise<number> {
  const { fulfilment } = state
  const order_id = await shop.order('customer', { lines: [[product_id, 3]], fulfilment })
  for (const action of path) {
    const answer = await move('owner', order_id, action)
    if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`)
  }
  return order_id
}

function stock() {
  return shop.core.store.db
    .selectFrom('stock')
    .select(['on_hand', 'reserved'])
    .where('product_id', '=', product_id)
    .executeTakeFirstOrThrow()
}

const STOCK_CHANGES = {
  none: { on_hand: 0, reserved: 0 },
  release: { on_hand: 0, reserved: -3 },
  sell: { on_hand: -3, reserved: -3 },
}

const REFUSALS = {
  role: '403 NOT_ALLOWED',
  state: '409 ORDER_STATE',
  refunded: '409 ORDER_REFUNDED',
}

/** What the table says to this actor: the answer, what becomes of the order, and of the stock. */
function expected(action: OrderAction, state: OrderState, actor: Role) {
  const unchanged = { state, stock: STOCK_CHANGES.none }
  if (!atLeast(actor, ROUTE_ROLES[action])) return { answer: '403 NOT_ALLOWED', ...unchanged }
  const verdict = judgeTransition(action, state, actor)
  if ('step' in verdict) {
    const { to, stock: effect } = verdict.step
    return { answer: '200', state: { ...state, ...to }, stock: STOCK_CHANGES[effect] }
  }
  if ('repeated' in verdict) return { answer: '200', ...unchanged }
  return { answer: REFUSALS[verdict.refusal], ...unchanged }
}

const stateOf = ({ status, payment_status, fulfilment }: Order): OrderState => ({
  status,
  payment_status,
  fulfilment,
})

const states = reachable()

test('there are fifteen states for each way of getting the goods', () => {
  expect(states).toHaveLength(30)
})

describe('[sqlite] [embedded] an order that is', () => {
  test.each(states.map((reached) => [nameOf(reached.state), reached] as const))(
    '%s does what the table says, and nothing else',
    async (_name, reached) => {
      let order_id = await orderIn(reached)
      for (const action of ORDER_ACTIONS) {
        for (const actor of ACTORS) {
          const before = await stock()
          const answer = await move(actor, order_id, action)
          const after = await stock()
          const order = await shop.readOrder(order_id)
          const told = answer.code ? `${answer.status} ${answer.code}` : `${answer.status}`
          const change = {
            on_hand: after.on_hand - before.on_hand,
            reserved: after.reserved - before.reserved,
          }
          expect(
            { actor, action, answer: told, state: stateOf(order), stock: change },
            `${actor}: ${action}`,
          ).toEqual({ actor, action, ...expected(action, reached.state, actor) })
          if (answer.status === 200) {
            expect(stateOf(answer.body.item)).toEqual(stateOf(order))
            // The next ones try it in the state this test is about.
            if (nameOf(stateOf(order)) !== nameOf(reached.state)) order_id = await orderIn(reached)
          }
        }
        expect((await move('other', order_id, action)).status).toBe(
          ROUTE_ROLES[action] === 'customer' ? 404 : 403,
        )
      }
    },
  )

  test('moved all over the table leaves books that add up', async () => {
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })
})

describe('[sqlite] [embedded] a transition', () => {
  test('notes when it happened, once', async () => {
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    const at: Record<string, string> = {}
    for (const action of ['confirmation', 'shipment', 'completion'] as const) {
      shop.clock.advance(60_000)
      await move('clerk', order_id, action)
      at[action] = new Date(shop.clock.now()).toISOString()
      shop.clock.advance(60_000)
      expect((await move('clerk', order_id, action)).status).toBe(200)
    }
    expect(await shop.readOrder(order_id)).toMatchObject({
      confirmed_at: at['confirmation'],
      shipped_at: at['shipment'],
      completed_at: at['completion'],
      ready_at: null,
      cancelled_at: null,
      carrier: '顺丰',
      tracking_number: 'SF1',
    })
  })

  test('is one event, however often it is asked for', async () => {
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    for (const action of ['confirmation', 'payment', 'cancellation', 'refund'] as const) {
      for (let i = 0; i < 3; i++) expect((await move('owner', order_id, action)).status).toBe(200)
    }
    const events = await shop.core.store.db
      .selectFrom('outbox')
      .select('type')
      .where('event_key', '=', String(order_id))
      .where('stream', '=', 'orders')
      .orderBy('outbox_id')
      .execute()
    expect(events.map((event) => event.type)).toEqual([
      'order.placed',
      'order.confirmed',
      'order.paid',
      'order.cancelled',
      'order.refunded',
    ])
  })

  test('lets no goods go whose money went back: they can be cancelled, and are free again', async () => {
    for (const fulfilment of ['delivery', 'pickup'] as const) {
      const order_id = await shop.order('customer', { lines: [[product_id, 2]], fulfilment })
      for (const action of ['confirmation', 'payment', 'refund'] as const) {
        expect((await move('owner', order_id, action)).status).toBe(200)
      }
      const before = await stock()
      const action = fulfilment === 'delivery' ? 'shipment' : 'readiness'
      const answer = await move('owner', order_id, action)
      expect([answer.status, answer.code]).toEqual([409, 'ORDER_REFUNDED'])
      expect(answer.body.error.message).toContain('退款')
      expect(await stock()).toEqual(before)
      expect((await move('owner', order_id, 'cancellation')).status).toBe(200)
      expect((await stock()).reserved).toBe(before.reserved - 2)
    }
  })

  test('of a pick-up that lies ready is not handed over either', async () => {
    const input = { lines: [[product_id, 1]] as const, fulfilment: 'pickup' as const }
    const order_id = await shop.order('customer', input)
    for (const action of ['confirmation', 'payment', 'readiness', 'refund'] as const) {
      expect((await move('owner', order_id, action)).status).toBe(200)
    }
    expect((await move('owner', order_id, 'completion')).code).toBe('ORDER_REFUNDED')
  })

  test('of many at the same moment happens once', async () => {
    const order_id = await shop.order('customer', { lines: [[product_id, 2]] })
    const before = await stock()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => move('clerk', order_id, 'cancellation')),
    )
    expect(answers.map((answer) => answer.status)).toEqual(new Array(8).fill(200))
    expect((await stock()).reserved).toBe(before.reserved - 2)
  })

  test('a shipment repeated with another tracking number is refused', async () => {
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    await move('clerk', order_id, 'confirmation')
    await move('clerk', order_id, 'shipment')
    const url = `/api/orders/${order_id}/shipment`
    for (const other of [
      { carrier: '顺丰', tracking_number: 'SF2' },
      { carrier: '中通', tracking_number: 'SF1' },
    ]) {
      const refused = await shop.as('clerk').put(url, other)
      expect([refused.status, refused.code]).toEqual([409, 'ORDER_STATE'])
    }
    expect(await shop.readOrder(order_id)).toMatchObject({
      carrier: '顺丰',
      tracking_number: 'SF1',
    })
  })

  test('tells in the language of the reader why it cannot be done', async () => {
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    const url = `/api/orders/${order_id}/completion`
    const zh = await shop.as('clerk').put(url)
    const en = await shop.as('clerk').put(url, undefined, { 'accept-language': 'en' })
    expect(zh.body.error.message).toContain('订单')
    expect(en.body.error.message).toContain('pending')
  })

  test('of an order that does not exist is not found', async () => {
    for (const action of ORDER_ACTIONS) {
      expect((await move('owner', 999_999, action)).code).toBe('NOT_FOUND')
    }
  })
})
