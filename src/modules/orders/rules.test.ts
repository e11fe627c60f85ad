// Shows what is decided about orders: who gets what of a batch, what it costs, and what may follow.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { luhnDigit } from '../../lib/check-digit.ts'
import { ROLES, type Role } from '../../lib/roles.ts'
import {
  allowedActions,
  type Decision,
  decideBatch,
  judgeTransition,
  mayOrderFor,
  OPEN_STATUSES,
  ORDER_ACTIONS,
  type OrderAction,
  type OrderState,
  orderNumber,
  orderTotal,
  type Product,
  TRANSITIONS,
  type Wish,
} from './rules.ts'
import { FULFILMENTS, ORDER_STATUSES, PAYMENT_STATUSES } from './schema.ts'

// Few products and many wishes, so that orders are in each other's way.
const productId = fc.integer({ min: 1, max: 4 })
const product: fc.Arbitrary<Product> = fc.record({
  product_id: productId,
  product_name: fc.constantFrom('猫粮', '狗粮'),
  price_cents: fc.integer({ min: 0, max: 100_000_000 }),
  active: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  available: fc.integer({ min: -2, max: 12 }),
})
const products = fc
  .uniqueArray(product, { minLength: 3, maxLength: 4, selector: (each) => each.product_id })
  .map((list) => new Map(list.map((each) => [each.product_id, each])))
const line = fc.record({ product_id: productId, quantity: fc.integer({ min: 1, max: 5 }) })
const wish: fc.Arbitrary<Wish> = fc.record({
  user_id: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 2) }, fc.constant(3)),
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: (each) => each.product_id }),
})
const wishes = fc.array(wish, { maxLength: 20, size: 'max' })
const users = new Set([1, 2])

const isAccepted = (decision: Decision) => decision.accepted

/** Units of a product that were given to accepted orders. */
function sold(decisions: readonly Decision[], product_id: number): number {
  return decisions
    .flatMap((decision) => (decision.accepted ? decision.lines : []))
    .filter((each) => each.product_id === product_id)
    .reduce((sum, each) => sum + each.quantity, 0)
}

describe('a batch of orders', () => {
  test('never gets more of a product than there is', () => {
    fc.assert(
      fc.property(wishes, products, (batch, stock) => {
        const decisions = decideBatch(batch, stock, users)
        expect(decisions).toHaveLength(batch.length)
        for (const { product_id, available, active } of stock.values()) {
          const most = active ? Math.max(0, available) : 0
          expect(sold(decisions, product_id)).toBeLessThanOrEqual(most)
        }
      }),
    )
  })

  test('is served in its order: who is refused takes nothing from those behind', () => {
    fc.assert(
      fc.property(wishes, products, (batch, stock) => {
        const decisions = decideBatch(batch, stock, users)
        const served = batch.filter((_, i) => decisions[i]?.accepted)
        expect(decideBatch(served, stock, users)).toEqual(decisions.filter(isAccepted))
      }),
    )
  })

  test('is decided as if each had come alone, one after another', () => {
    fc.assert(
      fc.property(wishes, products, (batch, stock) => {
        const left = new Map(stock)
        const singly = batch.map((each) => {
          const [decision] = decideBatch([each], left, users)
          for (const { product_id, quantity } of decision?.accepted ? decision.lines : []) {
            const before = left.get(product_id)!
            left.set(product_id, { ...before, available: before.available - quantity })
          }
          return decision
        })
        expect(decideBatch(batch, stock, users)).toEqual(singly)
      }),
    )
  })

  test('does not depend on orders for other products', () => {
    const others = fc.array(wish, { maxLength: 20 }).map((list) =>
      list.map(({ user_id, lines }) => ({
        user_id,
        lines: lines.map((each) => ({ ...each, product_id: each.product_id + 100 })),
      })),
    )
    fc.assert(
      fc.property(wishes, others, products, products, (batch, strangers, stock, more) => {
        const foreign = [...more.values()].map(
          (each) =>
            [each.product_id + 100, { ...each, product_id: each.product_id + 100 }] as const,
        )
        const together = decideBatch(
          batch.flatMap((each, i) => [...(strangers[i] ? [strangers[i]] : []), each]),
          new Map([...stock, ...foreign]),
          users,
        )
        const ours = together.filter((_, i) => {
          const before = batch.slice(0, strangers.length).length * 2
          return i >= before || i % 2 === 1
        })
        expect(ours).toEqual(decideBatch(batch, stock, users))
      }),
    )
  })

  test('is decided the same whenever it is asked, and changes nothing it was given', () => {
    fc.assert(
      fc.property(wishes, products, (batch, stock) => {
        const before = JSON.stringify([batch, [...stock]])
        expect(decideBatch(batch, stock, users)).toEqual(decideBatch(batch, stock, users))
        expect(JSON.stringify([batch, [...stock]])).toBe(before)
      }),
    )
  })

  test('gives each a reason that is true', () => {
    fc.assert(
      fc.property(wish, products, (one, stock) => {
        const [decision] = decideBatch([one], stock, users)
        const unsold = one.lines.filter((each) => !stock.get(each.product_id)?.active)
        const short = one.lines.filter(
          ({ product_id, quantity }) => (stock.get(product_id)?.available ?? 0) < quantity,
        )
        if (!users.has(one.user_id)) {
          expect(decision).toEqual({ accepted: false, refusal: 'UNKNOWN_USER' })
        } else if (unsold.length > 0) {
          const product_ids = unsold.map((each) => each.product_id)
          expect(decision).toEqual({ accepted: false, refusal: 'UNKNOWN_PRODUCT', product_ids })
        } else if (short.length > 0) {
          const shortages = short.map(({ product_id, quantity }) => ({
            product_id,
            requested: quantity,
            available: Math.max(0, stock.get(product_id)!.available),
          }))
          expect(decision).toEqual({ accepted: false, refusal: 'OUT_OF_STOCK', shortages })
        } else {
          expect(decision).toMatchObject({ accepted: true })
        }
      }),
    )
  })

  test('pays the prices of the moment', () => {
    fc.assert(
      fc.property(wishes, products, (batch, stock) => {
        decideBatch(batch, stock, users).forEach((decision, i) => {
          if (!decision.accepted) return
          expect(decision.lines).toEqual(
            batch[i]?.lines.map(({ product_id, quantity }) => {
              const { product_name, price_cents } = stock.get(product_id)!
              return { product_id, product_name, quantity, unit_price_cents: price_cents }
            }),
          )
          expect(decision.total_cents).toBe(orderTotal(decision.lines))
        })
      }),
    )
  })
})

test('a total is the exact sum of its lines, up to the largest order there can be', () => {
  const priced = fc.record({
    quantity: fc.integer({ min: 1, max: 10_000 }),
    unit_price_cents: fc.integer({ min: 0, max: 100_000_000 }),
  })
  fc.assert(
    fc.property(fc.array(priced, { maxLength: 100 }), (lines) => {
      const exact = lines.reduce(
        (sum, each) => sum + BigInt(each.quantity) * BigInt(each.unit_price_cents),
        0n,
      )
      expect(BigInt(orderTotal(lines))).toBe(exact)
    }),
  )
  expect(orderTotal([])).toBe(0)
})

describe('an order number', () => {
  test('has the day at the shop, the id, and a digit that finds a wrong one', () => {
    expect(orderNumber(1042, Date.UTC(2026, 10, 22, 15, 59), 'Asia/Shanghai')).toBe(
      '20261122-1042-5',
    )
    expect(orderNumber(1042, Date.UTC(2026, 10, 22, 16, 0), 'Asia/Shanghai')).toMatch(
      /^20261123-1042-\d$/,
    )
  })

  test('differs for every order, and its check digit is right', () => {
    const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
    const time = fc.integer({ min: 0, max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(id, id, time, time, (a, b, now, later) => {
        const number = orderNumber(a, now, 'Asia/Shanghai')
        expect(number).toMatch(/^\d{8}-\d+-\d$/)
        const [day, middle, digit] = number.split('-')
        expect([middle, Number(digit)]).toEqual([String(a), luhnDigit(`${day}${middle}`)])
        expect(number.length).toBeLessThanOrEqual(40)
        if (a !== b) expect(number).not.toBe(orderNumber(b, later, 'Asia/Shanghai'))
      }),
    )
  })
})

const states: OrderState[] = ORDER_STATUSES.flatMap((status) =>
  PAYMENT_STATUSES.flatMap((payment_status) =>
    FULFILMENTS.map((fulfilment) => ({ status, payment_status, fulfilment })),
  ),
)

/** What the owner may do to an order, by status and way of getting the goods, written down once more by hand. */
const GOODS: Record<string, Partial<Record<OrderAction, string>>> = {
  'pending delivery': { confirmation: 'confirmed', cancellation: 'cancelled, release' },
  'pending pickup': { confirmation: 'confirmed', cancellation: 'cancelled, release' },
  'confirmed delivery': { shipment: 'shipped, sell', cancellation: 'cancelled, release' },
  'confirmed pickup': { readiness: 'ready', cancellation: 'cancelled, release' },
  'ready delivery': { completion: 'completed, sell', cancellation: 'cancelled, release' },
  'ready pickup': { completion: 'completed, sell', cancellation: 'cancelled, release' },
  'shipped delivery': { completion: 'completed' },
  'shipped pickup': { completion: 'completed' },
  'completed delivery': {},
  'completed pickup': {},
  'cancelled delivery': {},
  'cancelled pickup': {},
}

describe('transitions', () => {
  test('are those of the design, and no others', () => {
    for (const state of states) {
      const expected: Partial<Record<OrderAction, string>> = {
        ...GOODS[`${state.status} ${state.fulfilment}`],
      }
      if (state.payment_status === 'unpaid' && state.status !== 'cancelled') {
        expected.payment = 'paid'
      }
      if (state.payment_status === 'paid') expected.refund = 'refunded'
      if (state.payment_status === 'refunded') {
        delete expected.readiness
        delete expected.shipment
        if (state.status === 'ready') delete expected.completion
      }
      const found: Partial<Record<OrderAction, string>> = {}
      for (const action of ORDER_ACTIONS) {
        const verdict = judgeTransition(action, state, 'owner')
        if (!('step' in verdict)) continue
        const { to, stock } = verdict.step
        found[action] = [...Object.values(to), ...(stock === 'none' ? [] : [stock])].join(', ')
      }
      expect(found, JSON.stringify(state)).toEqual(expected)
    }
  })

  test('never lead out of completed and cancelled; only the money can still go back', () => {
    for (const state of states.filter((each) => ['completed', 'cancelled'].includes(each.status))) {
      for (const action of ORDER_ACTIONS) {
        const verdict = judgeTransition(action, state, 'owner')
        if ('step' in verdict) expect(verdict.step.to).not.toHaveProperty('status')
      }
    }
  })

  test('let no goods go whose money went back, and say why', () => {
    for (const state of states.filter((each) => each.payment_status === 'refunded')) {
      for (const action of ['readiness', 'shipment', 'completion'] as const) {
        const leaves =
          'step' in judgeTransition(action, { ...state, payment_status: 'paid' }, 'owner')
        const verdict = judgeTransition(action, state, 'owner')
        if (leaves && state.status !== 'shipped') expect(verdict).toEqual({ refusal: 'refunded' })
        else expect('refusal' in verdict && verdict.refusal === 'refunded').toBe(false)
      }
    }
  })

  test('never pay twice, and never pay back what was not paid', () => {
    for (const state of states) {
      const pays = 'step' in judgeTransition('payment', state, 'owner')
      const refunds = 'step' in judgeTransition('refund', state, 'owner')
      if (pays) expect(state.payment_status).toBe('unpaid')
      if (refunds) expect(state.payment_status).toBe('paid')
    }
  })

  test('give back or sell promised stock exactly when an order stops holding it', () => {
    const holds = (status: string) => OPEN_STATUSES.some((open) => open === status)
    for (const state of states) {
      for (const action of ORDER_ACTIONS) {
        const verdict = judgeTransition(action, state, 'owner')
        if (!('step' in verdict)) continue
        const { to, stock } = verdict.step
        const lets = holds(state.status) && !holds(to.status ?? state.status)
        expect(stock !== 'none', `${action} of ${JSON.stringify(state)}`).toBe(lets)
      }
    }
  })

  test('are for the roles of the design: customers cancel until it is ready or shipped', () => {
    const may = (role: Role) => (action: OrderAction, state: OrderState) =>
      'step' in judgeTransition(action, state, role)
    for (const state of states) {
      for (const action of ORDER_ACTIONS) {
        const possible = may('owner')(action, state)
        const isEarly = state.status === 'pending' || state.status === 'confirmed'
        expect(may('customer')(action, state)).toBe(
          possible && action === 'cancellation' && isEarly,
        )
        expect(may('clerk')(action, state)).toBe(possible && action !== 'refund')
        expect(may('manager')(action, state)).toBe(possible)
      }
    }
  })

  test('repeated are known as such, and only then', () => {
    for (const state of states) {
      for (const action of ORDER_ACTIONS) {
        const verdict = judgeTransition(action, state, 'owner')
        if (!('step' in verdict)) continue
        const after = { ...state, ...verdict.step.to }
        expect(judgeTransition(action, after, 'owner')).toEqual({ repeated: true })
      }
    }
    const pending: OrderState = {
      status: 'pending',
      payment_status: 'unpaid',
      fulfilment: 'delivery',
    }
    for (const action of ['readiness', 'shipment', 'completion', 'refund'] as const) {
      expect(judgeTransition(action, pending, 'owner')).toEqual({ refusal: 'state' })
    }
  })

  test('that a page offers are exactly those that would be done', () => {
    for (const state of states) {
      for (const role of ROLES) {
        const done = ORDER_ACTIONS.filter(
          (action) => 'step' in judgeTransition(action, state, role),
        )
        expect(allowedActions(state, role)).toEqual(done)
      }
    }
  })

  test('set only what they are about, and every step can be taken', () => {
    for (const action of ORDER_ACTIONS) {
      for (const { from, to } of TRANSITIONS[action]) {
        const axis = action === 'payment' || action === 'refund' ? 'payment_status' : 'status'
        expect(Object.keys(to)).toEqual([axis])
        expect(from[axis]).not.toBe(to[axis])
      }
    }
  })
})

test('customers order for themselves, staff for anybody', () => {
  for (const role of ROLES) {
    expect(mayOrderFor({ user_id: 1, role }, 1)).toBe(true)
    expect(mayOrderFor({ user_id: 1, role }, 2)).toBe(role !== 'customer')
  }
})
