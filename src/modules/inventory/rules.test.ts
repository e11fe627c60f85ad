// Shows what is decided about stock: its status, when staff are told, which movements are allowed, who sees what.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Role, ROLES } from '../../lib/roles.ts'
import {
  alertOf,
  available,
  becomesShort,
  judgeMovement,
  mayMove,
  mergeLines,
  nextAlert,
  presentProduct,
  type ProductFacts,
  stockStatus,
} from './rules.ts'
import { MAX_MOVEMENT, MOVEMENT_KINDS, MOVEMENT_REASONS, STOCK_STATUSES } from './schema.ts'

const units = fc.integer({ min: 0, max: 1_000_000 })
const stock = fc.record({ on_hand: units, reserved: units })

describe('the status of stock', () => {
  test.each([
    [-1, 5, 'out_of_stock'],
    [0, 5, 'out_of_stock'],
    [0, 0, 'out_of_stock'],
    [1, 5, 'low_stock'],
    [5, 5, 'low_stock'],
    [6, 5, 'in_stock'],
    [1, 0, 'in_stock'],
  ] as const)('%i left with a threshold of %i is %s', (left, threshold, status) => {
    expect(stockStatus(left, threshold)).toBe(status)
  })

  test('only gets worse as stock falls', () => {
    const severity = (left: number, threshold: number) =>
      STOCK_STATUSES.indexOf(stockStatus(left, threshold))
    fc.assert(
      fc.property(fc.integer(), fc.nat(), units, (left, fewer, threshold) => {
        expect(severity(left - fewer, threshold)).toBeGreaterThanOrEqual(severity(left, threshold))
      }),
    )
  })
})

describe('an alert', () => {
  /** What is announced while the stock goes through these statuses. */
  function announced(statuses: readonly (typeof STOCK_STATUSES)[number][]) {
    let alerted: (typeof STOCK_STATUSES)[number] = 'in_stock'
    return statuses.map((status) => {
      const next = nextAlert(alerted, status)
      alerted = next.alerted
      return next.announce
    })
  }

  test('is told once for low and once for out, until there was plenty again', () => {
    expect(
      announced([
        'low_stock',
        'low_stock',
        'out_of_stock',
        'low_stock',
        'out_of_stock',
        'in_stock',
        'low_stock',
        'in_stock',
        'out_of_stock',
        'low_stock',
      ]),
    ).toEqual([
      'low_stock',
      null,
      'out_of_stock',
      null,
      null,
      null,
      'low_stock',
      null,
      'out_of_stock',
      null,
    ])
  })

  test('of each level is told at most once between two times of plenty, and never of plenty', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STOCK_STATUSES)), (statuses) => {
        const told = announced(statuses)
        let since: string[] = []
        statuses.forEach((status, i) => {
          if (status === 'in_stock') since = []
          const word = told[i]
          if (!word) return
          expect(word).toBe(status)
          expect(since).not.toContain(word)
          since.push(word)
        })
      }),
    )
  })

  test('is never missed: the worst status since plenty has always been told', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STOCK_STATUSES), { minLength: 1 }), (statuses) => {
        const since = statuses.slice(statuses.lastIndexOf('in_stock') + 1)
        const told = announced(statuses).slice(statuses.length - since.length)
        const worst = since.includes('out_of_stock') ? 'out_of_stock' : since[0]
        if (worst) expect(told).toContain(worst)
      }),
    )
  })

  test('says what is available, also below zero', () => {
    const product = { product_id: 1, sku: 'a', product_name: '粮', name_en: 'Food' }
    const facts = { ...product, low_stock_threshold: 3, on_hand: 2, reserved: 5 }
    expect(alertOf(facts)).toEqual({ ...product, low_stock_threshold: 3, available: -3 })
  })

  test('of a shortage is told at the moment it begins', () => {
    fc.assert(
      fc.property(stock, stock, (before, after) => {
        const begins = available(before) >= 0 && available(after) < 0
        expect(becomesShort(before, after)).toBe(begins)
        expect(becomesShort(after, after)).toBe(false)
      }),
    )
  })
})

const movement = fc.record({
  kind: fc.constantFrom(...MOVEMENT_KINDS),
  quantity: fc.integer({ min: -MAX_MOVEMENT, max: MAX_MOVEMENT }),
  reason: fc.constantFrom(...MOVEMENT_REASONS),
})

describe('a movement', () => {
  test('never brings the stock below zero', () => {
    fc.assert(
      fc.property(movement, stock, (wish, before) => {
        const verdict = judgeMovement(wish, before, 'owner')
        if ('delta' in verdict) expect(before.on_hand + verdict.delta).toBeGreaterThanOrEqual(0)
        else expect(['quantity', 'below_zero']).toContain(verdict.refusal)
      }),
    )
  })

  test('changes the stock as its kind says', () => {
    fc.assert(
      fc.property(movement, stock, (wish, before) => {
        const verdict = judgeMovement(wish, before, 'owner')
        if (!('delta' in verdict)) return
        const after = {
          receipt: before.on_hand + wish.quantity,
          return: before.on_hand + wish.quantity,
          adjustment: before.on_hand + wish.quantity,
          write_off: before.on_hand - wish.quantity,
          count: wish.quantity,
        }[wish.kind]
        expect(before.on_hand + verdict.delta).toBe(after)
      }),
    )
  })

  test.each([
    ['receipt', 1, { delta: 1 }],
    ['receipt', 0, { refusal: 'quantity', rule: 'positive' }],
    ['return', -1, { refusal: 'quantity', rule: 'positive' }],
    ['write_off', 0, { refusal: 'quantity', rule: 'positive' }],
    ['write_off', 10, { delta: -10 }],
    ['write_off', 11, { refusal: 'below_zero', on_hand: 10 }],
    ['adjustment', 0, { refusal: 'quantity', rule: 'not_zero' }],
    ['adjustment', -10, { delta: -10 }],
    ['adjustment', -11, { refusal: 'below_zero', on_hand: 10 }],
    ['count', 0, { delta: -10 }],
    ['count', -1, { refusal: 'quantity', rule: 'not_negative' }],
    ['count', 10, { delta: 0 }],
  ] as const)('%s of %i, of ten', (kind, quantity, verdict) => {
    const wish = { kind, quantity, reason: 'other' as const }
    expect(judgeMovement(wish, { on_hand: 10, reserved: 0 }, 'manager')).toEqual(verdict)
  })

  test('may go below what is promised, but for a reason that is given', () => {
    const promised = { on_hand: 10, reserved: 8 }
    const wish = { kind: 'write_off', quantity: 9 } as const
    expect(judgeMovement(wish, promised, 'manager')).toEqual({ refusal: 'reason' })
    expect(judgeMovement({ ...wish, reason: 'damaged' }, promised, 'manager')).toEqual({
      delta: -9,
    })
    for (const kind of ['receipt', 'return', 'count'] as const) {
      expect(judgeMovement({ kind, quantity: 1 }, promised, 'manager')).toHaveProperty('delta')
    }
  })

  test('is refused for the role before anything else is said', () => {
    const wish = { kind: 'write_off', quantity: -5 } as const
    expect(judgeMovement(wish, { on_hand: 0, reserved: 0 }, 'clerk')).toEqual({
      refusal: 'role',
      needed: 'manager',
    })
  })

  test('is for clerks when it receives or counts, otherwise for managers', () => {
    for (const kind of MOVEMENT_KINDS) {
      const may = ROLES.filter((role) => mayMove(role, kind))
      const clerks = kind === 'receipt' || kind === 'count'
      expect(may).toEqual(clerks ? ['clerk', 'manager', 'owner'] : ['manager', 'owner'])
    }
  })
})

describe('lines of the same product', () => {
  const lines = fc.array(
    fc.record({ product_id: fc.integer({ min: 1, max: 9 }), quantity: units }),
    { maxLength: 100 },
  )
  const sum = (list: readonly { product_id: number; quantity: number }[], id: number) =>
    list.filter((each) => each.product_id === id).reduce((total, each) => total + each.quantity, 0)

  test('are added up: no unit is lost, and each product stands there once, in order', () => {
    fc.assert(
      fc.property(lines, (list) => {
        const merged = mergeLines(list)
        const ids = merged.map((each) => each.product_id)
        expect(ids).toEqual([...new Set(list.map((each) => each.product_id))].sort((a, b) => a - b))
        for (const id of ids) expect(sum(merged, id)).toBe(sum(list, id))
      }),
    )
  })

  test('make the same however they are ordered, and merging again changes nothing', () => {
    fc.assert(
      fc.property(lines, (list) => {
        const merged = mergeLines(list)
        expect(mergeLines(list.toReversed())).toEqual(merged)
        expect(mergeLines(merged)).toEqual(merged)
      }),
    )
  })
})

describe('a product as it is shown', () => {
  const product: fc.Arbitrary<ProductFacts> = fc.record({
    product_id: fc.constant(1),
    sku: fc.constant('a'),
    barcode: fc.constantFrom(null, '123'),
    product_name: fc.constant('粮'),
    name_en: fc.constant('Food'),
    category: fc.constant('主粮'),
    unit: fc.constant('袋'),
    price_cents: units,
    cost_cents: fc.option(units),
    description: fc.constant(''),
    image_url: fc.constant(null),
    low_stock_threshold: units,
    active: fc.constantFrom(0, 1),
    on_hand: units,
    reserved: units,
  })
  const reader = fc.constantFrom<Role | null>(null, ...ROLES)

  test('tells customers nothing of what is for staff, and never a negative quantity', () => {
    fc.assert(
      fc.property(
        product,
        fc.constantFrom(null, 'customer' as const),
        fc.boolean(),
        (facts, role, show) => {
          const shown = presentProduct(facts, role, show)
          for (const secret of ['on_hand', 'reserved', 'low_stock_threshold', 'cost_cents']) {
            expect(shown).not.toHaveProperty(secret)
          }
          if (show) expect(shown.quantity).toBe(Math.max(0, available(facts)))
          else expect(shown).not.toHaveProperty('quantity')
        },
      ),
    )
  })

  test('tells staff the stock as it is, whatever customers see; the cost only managers', () => {
    fc.assert(
      fc.property(product, fc.boolean(), (facts, show) => {
        for (const role of ['clerk', 'manager', 'owner'] as const) {
          const { on_hand, reserved, low_stock_threshold, cost_cents } = facts
          const shown = presentProduct(facts, role, show)
          const quantity = on_hand - reserved
          expect(shown).toMatchObject({ quantity, on_hand, reserved, low_stock_threshold })
          if (role === 'clerk') expect(shown).not.toHaveProperty('cost_cents')
          else expect(shown.cost_cents).toBe(cost_cents)
        }
      }),
    )
  })

  test('has the status of this moment, the same for everybody', () => {
    fc.assert(
      fc.property(product, reader, fc.boolean(), (facts, role, show) => {
        const status = stockStatus(available(facts), facts.low_stock_threshold)
        expect(presentProduct(facts, role, show)).toMatchObject({
          stock_status: status,
          active: facts.active === 1,
        })
      }),
    )
  })
})
