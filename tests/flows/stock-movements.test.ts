// Shows what each kind of movement does, who may make it, and that the ledger explains the stock.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

type Staff = 'clerk' | 'manager' | 'owner'

const move = (product_id: number, body: object, who: Staff = 'manager') =>
  shop.as(who).post(`/api/inventory/${product_id}/movements`, body)

async function ledger(product_id: number) {
  const answer = await shop.as('clerk').get(`/api/inventory/${product_id}/movements?limit=100`)
  return answer.body.items as { kind: string; delta_on_hand: number; movement_id: number }[]
}

const onHand = async (product_id: number) => (await shop.product(product_id)).on_hand

const KINDS = {
  receipt: { quantity: 4 },
  count: { quantity: 4 },
  adjustment: { quantity: -4, reason: 'shrinkage' },
  write_off: { quantity: 4, reason: 'expired' },
  return: { quantity: 4 },
} as const
type Kind = keyof typeof KINDS
const AFTER: Record<Kind, number> = {
  receipt: 14,
  count: 4,
  adjustment: 6,
  write_off: 6,
  return: 14,
}
const kinds = Object.keys(KINDS) as Kind[]

describe('[sqlite] a movement', () => {
  test.each(kinds)(
    '%s changes what is on hand, at once, and says so in the ledger',
    async (kind) => {
      const product_id = await shop.addProduct({ quantity: 10 })
      const order_id = await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
      const made = await move(product_id, { kind, ...KINDS[kind], note: '盘点区 A', order_id })
      expect(made.status).toBe(201)
      expect(made.body.item).toEqual({
        movement_id: expect.any(Number),
        product_id,
        kind,
        delta_on_hand: AFTER[kind] - 10,
        delta_reserved: 0,
        reason: 'reason' in KINDS[kind] ? KINDS[kind].reason : null,
        note: '盘点区 A',
        order_id,
        actor_id: shop.people.manager.user_id,
        document_id: null,
        created_at: '2026-01-15T04:00:00.000Z',
      })
      expect(await shop.product(product_id)).toMatchObject({
        on_hand: AFTER[kind],
        quantity: AFTER[kind],
      })
      expect((await ledger(product_id))[0]).toEqual(made.body.item)
    },
  )

  test.each(
    kinds.flatMap((kind) =>
      (['clerk', 'manager', 'owner'] as const).map((w) => [kind, w] as const),
    ),
  )('%s by a %s is allowed as the table of roles says', async (kind, who) => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const answer = await move(product_id, { kind, ...KINDS[kind] }, who)
    const clerkMay = kind === 'receipt' || kind === 'count'
    if (who !== 'clerk' || clerkMay) {
      expect(answer.status).toBe(201)
    } else {
      expect([answer.status, answer.code]).toEqual([403, 'MOVEMENT_NOT_ALLOWED'])
      expect(await onHand(product_id)).toBe(10)
    }
  })

  test.each([
    ['receipt', 0],
    ['receipt', -1],
    ['write_off', 0],
    ['write_off', -1],
    ['return', 0],
    ['return', -1],
    ['adjustment', 0],
    ['count', -1],
  ] as const)('%s of %i is refused, naming the quantity', async (kind, quantity) => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const refused = await move(product_id, { kind, quantity, reason: 'other' })
    expect([refused.status, refused.code]).toEqual([400, 'MOVEMENT_QUANTITY'])
    expect(refused.body.error.details[0].field).toBe('quantity')
    expect(await onHand(product_id)).toBe(10)
    expect(await ledger(product_id)).toHaveLength(1)
  })

  test.each([1.5, 1e20, -1_000_001, 1_000_001, '5', null, true])(
    'of %j is refused, naming the quantity',
    async (quantity) => {
      const product_id = await shop.addProduct({ quantity: 10 })
      for (const kind of kinds) {
        const refused = await move(product_id, { kind, quantity, reason: 'other' })
        expect([refused.status, refused.code]).toEqual([400, 'VALIDATION'])
        expect(refused.body.error.details[0].field).toBe('quantity')
      }
      expect(await onHand(product_id)).toBe(10)
    },
  )

  test('needs a reason from the list to adjust and to write off', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    for (const kind of ['adjustment', 'write_off']) {
      const missing = await move(product_id, { kind, quantity: 1 })
      expect([missing.status, missing.code]).toEqual([400, 'MOVEMENT_REASON'])
      expect(missing.body.error.details[0].field).toBe('reason')
      const unknown = await move(product_id, { kind, quantity: 1, reason: 'because' })
      expect(unknown.body.error.details[0].field).toBe('reason')
    }
    expect(await onHand(product_id)).toBe(10)
  })

  test('cannot be of a kind that only orders make, or that does not exist', async () => {
    const product_id = await shop.addProduct()
    for (const kind of ['sale', 'allocation', 'release', 'gift', '']) {
      const refused = await move(product_id, { kind, quantity: 1 })
      expect([refused.status, refused.body.error.details[0].field]).toEqual([400, 'kind'])
    }
  })

  test('cannot take more than is there', async () => {
    const product_id = await shop.addProduct({ quantity: 3 })
    for (const body of [
      { kind: 'write_off', quantity: 4, reason: 'damaged' },
      { kind: 'adjustment', quantity: -4, reason: 'damaged' },
    ]) {
      const refused = await move(product_id, body)
      expect([refused.status, refused.code]).toEqual([409, 'STOCK_BELOW_ZERO'])
      expect(refused.body.error.message).toContain('3')
    }
    expect(await onHand(product_id)).toBe(3)
    expect((await move(product_id, { kind: 'count', quantity: 0 })).status).toBe(201)
  })

  test('of a product that does not exist is not found', async () => {
    expect((await move(999_999, { kind: 'receipt', quantity: 1 })).code).toBe('NOT_FOUND')
    const list = await shop.as('clerk').get('/api/inventory/999999/movements')
    expect(list.code).toBe('NOT_FOUND')
  })

  test('that names an order which does not exist is refused, naming the field', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const refused = await move(product_id, { kind: 'return', quantity: 1, order_id: 999_999 })
    expect([refused.status, refused.code]).toEqual([422, 'UNKNOWN_ORDER'])
    expect(refused.body.error.details[0].field).toBe('order_id')
    expect(await onHand(product_id)).toBe(10)
  })

  test('is what staff do; customers neither make nor see any', async () => {
    const product_id = await shop.addProduct()
    const url = `/api/inventory/${product_id}/movements`
    expect((await shop.as('customer').post(url, { kind: 'receipt', quantity: 1 })).status).toBe(403)
    expect((await shop.as('customer').get(url)).status).toBe(403)
    expect((await shop.guest.get(url)).status).toBe(401)
  })
})

describe('[sqlite] [embedded] the ledger', () => {
  test('adds up to the stock after any mixture of movements, also at the same moment', async () => {
    const product_id = await shop.addProduct({ quantity: 100 })
    const bodies = [
      { kind: 'receipt', quantity: 30 },
      { kind: 'adjustment', quantity: -20, reason: 'shrinkage' },
      { kind: 'count', quantity: 77 },
      { kind: 'write_off', quantity: 7, reason: 'damaged' },
      { kind: 'return', quantity: 2 },
      { kind: 'count', quantity: 77 },
      { kind: 'adjustment', quantity: 5, reason: 'other' },
    ]
    const answers = await Promise.all(bodies.map((body) => move(product_id, body)))
    expect(answers.every((answer) => answer.status === 201)).toBe(true)
    const rows = await ledger(product_id)
    expect(rows).toHaveLength(bodies.length + 1)
    const sum = rows.reduce((total, row) => total + row.delta_on_hand, 0)
    expect(await onHand(product_id)).toBe(sum)
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('is read newest first, a page at a time, each row once', async () => {
    const product_id = await shop.addProduct({ quantity: 1 })
    for (let i = 0; i < 11; i++) await move(product_id, { kind: 'receipt', quantity: 1 })
    const all = (await ledger(product_id)).map((row) => row.movement_id)
    expect(all).toEqual(all.toSorted((a, b) => b - a))
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor ? `?limit=5&cursor=${cursor}` : '?limit=5'
      const { body } = await shop.as('clerk').get(`/api/inventory/${product_id}/movements${query}`)
      seen.push(...body.items.map((row: { movement_id: number }) => row.movement_id))
      cursor = body.next_cursor
      await move(product_id, { kind: 'receipt', quantity: 1 })
    }
    expect(seen).toEqual(all)
  })
})
