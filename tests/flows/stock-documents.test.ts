// Shows that a delivery of many lines is posted as one document, whole or not at all, and once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await shop.settle()
  expect(await shop.findings()).toEqual([])
  await shop.close()
})

const receive = (body: object, headers = {}) =>
  shop.as('clerk').post('/api/inventory/receipts', body, headers)
const onHand = async (product_id: number) => (await shop.product(product_id)).on_hand

describe('[sqlite] goods that are received together', () => {
  test('come in as one document, which their movements name', async () => {
    const [a, b] = [await shop.addProduct(), await shop.addProduct({ quantity: 0 })]
    const lines = [
      { product_id: b, quantity: 5 },
      { product_id: a, quantity: 2 },
      { product_id: b, quantity: 7 },
    ]
    const made = await receive({ lines, supplier: ' 皇家宠物 ', note: '单号 8' })
    expect(made.status).toBe(201)
    const { document_id } = made.body.item
    expect(made.body.item).toEqual({
      document_id: expect.any(Number),
      kind: 'receipt',
      supplier: '皇家宠物',
      reason: null,
      note: '单号 8',
      actor_id: shop.people.clerk.user_id,
      actor: 'clerk',
      created_at: '2026-01-15T04:00:00.000Z',
      lines: 2,
      units: 14,
    })
    expect([await onHand(a), await onHand(b)]).toEqual([12, 12])
    const clerk = shop.as('clerk')
    const ledger = (await clerk.get(`/api/inventory/${b}/movements`)).body.items
    expect(ledger[0]).toMatchObject({
      kind: 'receipt',
      delta_on_hand: 12,
      document_id,
      note: '皇家宠物 · 单号 8',
    })
    const { body } = await clerk.get(`/api/inventory/documents/${document_id}/lines`)
    expect(body.items).toMatchObject([
      { product_id: a, delta_on_hand: 2 },
      { product_id: b, delta_on_hand: 12, product_name: '商品2' },
    ])
    expect((await clerk.get(`/api/inventory/documents/${document_id}`)).body.item).toEqual(
      made.body.item,
    )
    const listed = await clerk.get('/api/inventory/documents?kind=receipt')
    expect(listed.body.items[0]).toEqual(made.body.item)
    expect((await clerk.get('/api/inventory/documents?kind=count')).body.items).toEqual([])
  })

  test('are none of them in when one product does not exist', async () => {
    const known = await shop.addProduct()
    const lines = [
      { product_id: known, quantity: 1 },
      { product_id: 999_999, quantity: 1 },
    ]
    const before = (await shop.as('clerk').get('/api/inventory/documents')).body.items.length
    const answer = await receive({ lines })
    expect([answer.status, answer.code]).toEqual([422, 'UNKNOWN_PRODUCT'])
    expect(answer.body.error.details).toEqual([999_999])
    expect(await onHand(known)).toBe(10)
    const after = (await shop.as('clerk').get('/api/inventory/documents')).body.items.length
    expect(after).toBe(before)
  })

  test('count once, however often they are sent', async () => {
    const product_id = await shop.addProduct()
    const body = { lines: [{ product_id, quantity: 4 }] }
    const key = { 'idempotency-key': 'delivery-1' }
    const answers = await Promise.all([1, 2, 3].map(() => receive(body, key)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.item.document_id)).size).toBe(1)
    expect(await onHand(product_id)).toBe(14)
  })

  test('of two deliveries at once, with the same goods, both count', async () => {
    const ids = await Promise.all([shop.addProduct(), shop.addProduct(), shop.addProduct()])
    const lines = ids.map((product_id) => ({ product_id, quantity: 1 }))
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => receive({ lines: i % 2 ? lines : lines.toReversed() })),
    )
    expect(answers.map(({ status }) => status)).toEqual(new Array(6).fill(201))
    for (const id of ids) expect(await onHand(id)).toBe(16)
  })

  test.each([
    { lines: [] },
    { lines: [{ product_id: 1, quantity: 0 }] },
    { lines: [{ product_id: 1, quantity: 1.5 }] },
    { lines: [{ product_id: 1, quantity: 1 }], supplier: '\u0007' },
    { lines: Array.from({ length: 501 }, () => ({ product_id: 1, quantity: 1 })) },
  ])('are refused when that is none: %#', async (body) => {
    expect((await receive(body)).code).toBe('VALIDATION')
  })
})
