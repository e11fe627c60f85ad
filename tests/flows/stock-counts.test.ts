// Shows that a count finds what is really missing, while the shop goes on selling.
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

const counts = '/api/inventory/counts'
const start = async (body: object = {}) => {
  const answer = await shop.as('clerk').post(counts, body)
  expect(answer.status).toBe(201)
  return answer.body.item
}
const enter = (count_id: number, product_id: number, entry: object) =>
  shop.as('clerk').put(`${counts}/${count_id}/lines/${product_id}`, entry)
const post = (count_id: number, body: object = { reason: 'shrinkage' }) =>
  shop.as('manager').put(`${counts}/${count_id}/posting`, body)
const onHand = async (product_id: number) => (await shop.product(product_id)).on_hand

async function ship(product_id: number, quantity: number): Promise<void> {
  const order_id = await shop.order('customer', { lines: [[product_id, quantity]] })
  await shop.settle()
  const parcel = { carrier: '顺丰', tracking_number: `SF${order_id}` }
  const answer = await shop.as('clerk').put(`/api/orders/${order_id}/shipment`, parcel)
  expect(answer.status).toBe(200)
}

describe('[sqlite] a count', () => {
  test('has a line for each product of its category that is on sale, or lies there', async () => {
    const category = '罐头'
    const a = await shop.addProduct({ category })
    const b = await shop.addProduct({ category, quantity: 0 })
    const lying = await shop.addProduct({ category })
    const gone = await shop.addProduct({ category, quantity: 0 })
    await shop.addProduct({ category: '别的' })
    for (const id of [lying, gone]) {
      await shop.as('owner').patch(`/api/inventory/${id}`, { active: false })
    }
    const count = await start({ category, name: ' 货架 A ' })
    expect(count).toMatchObject({
      name: '货架 A',
      category,
      state: 'open',
      starter: 'clerk',
      lines: 3,
      counted: 0,
      different: 0,
      document_id: null,
    })
    const { body } = await shop.as('clerk').get(`${counts}/${count.count_id}/lines`)
    expect(body.items.map((line: { product_id: number }) => line.product_id)).toEqual([a, b, lying])
    expect(body.items[0]).toMatchObject({ counted: null, expected: null, difference: null })
  })

  test('posts what differs as adjustments with their reason, as one document', async () => {
    const category = 'posting'
    const [less, more, same, open] = [
      await shop.addProduct({ category }),
      await shop.addProduct({ category }),
      await shop.addProduct({ category }),
      await shop.addProduct({ category }),
    ]
    const { count_id } = await start({ category })
    expect((await enter(count_id, less, { counted: 7 })).body.item).toEqual({
      product_id: less,
      counted: 7,
      expected: 10,
      difference: -3,
      counted_by: shop.people.clerk.user_id,
      counted_at: '2026-01-15T04:00:00.000Z',
    })
    await enter(count_id, more, { counted: 12 })
    await enter(count_id, same, { counted: 10 })
    const lines = async (only: string) =>
      (await shop.as('clerk').get(`${counts}/${count_id}/lines?only=${only}`)).body.items.map(
        (line: { product_id: number }) => line.product_id,
      )
    expect(await lines('open')).toEqual([open])
    expect(await lines('counted')).toEqual([less, more, same])
    expect(await lines('different')).toEqual([less, more])

    const posted = await post(count_id, { reason: 'shrinkage', note: '年终' })
    expect(posted.body.item).toMatchObject({ state: 'posted', lines: 4, counted: 3, different: 2 })
    const { document_id } = posted.body.item
    expect([await onHand(less), await onHand(more), await onHand(same)]).toEqual([7, 12, 10])
    expect(await onHand(open)).toBe(10)
    const clerk = shop.as('clerk')
    expect((await clerk.get(`/api/inventory/${less}/movements`)).body.items[0]).toMatchObject({
      kind: 'adjustment',
      delta_on_hand: -3,
      reason: 'shrinkage',
      note: '年终',
      document_id,
      actor_id: shop.people.manager.user_id,
    })
    expect((await clerk.get(`/api/inventory/${same}/movements`)).body.items).toHaveLength(1)
    const document = await clerk.get(`/api/inventory/documents/${document_id}`)
    expect(document.body.item).toMatchObject({ kind: 'count', lines: 2, units: -1 })
    // Again, and by two at once: nothing more.
    const again = await Promise.all([post(count_id), post(count_id)])
    expect(again.map(({ body }) => body.item)).toEqual([posted.body.item, posted.body.item])
    expect(await onHand(less)).toBe(7)
    expect((await enter(count_id, open, { counted: 1 })).code).toBe('COUNT_CLOSED')
  })

  test('keeps its difference when some are sold after they were counted', async () => {
    const product_id = await shop.addProduct({ category: 'sold' })
    const { count_id } = await start({ category: 'sold' })
    await enter(count_id, product_id, { counted: 9 })
    await ship(product_id, 4)
    expect((await post(count_id)).status).toBe(200)
    // One was missing, four were sold.
    expect(await onHand(product_id)).toBe(5)
  })

  test('entered from a sheet means the moment at which it was written down', async () => {
    const product_id = await shop.addProduct({ category: 'sheet' })
    const { count_id } = await start({ category: 'sheet' })
    shop.clock.advance(60_000)
    const counted_at = new Date(shop.clock.now()).toISOString()
    shop.clock.advance(60_000)
    await ship(product_id, 4)
    shop.clock.advance(60_000)
    const { body } = await enter(count_id, product_id, { counted: 9, counted_at })
    expect(body.item).toMatchObject({ counted: 9, expected: 10, difference: -1, counted_at })
    await post(count_id)
    expect(await onHand(product_id)).toBe(5)
    for (const wrong of ['2025-01-01T00:00:00Z', '2027-01-01T00:00:00Z']) {
      const other = await start({ category: 'sheet' })
      const answer = await enter(other.count_id, product_id, { counted: 9, counted_at: wrong })
      expect([answer.status, answer.code]).toEqual([400, 'COUNT_TIME'])
    }
  })

  test('does not let two people overwrite each other unseen', async () => {
    const product_id = await shop.addProduct({ category: 'two' })
    const { count_id } = await start({ category: 'two' })
    await enter(count_id, product_id, { counted: 3, was: null })
    const answer = await enter(count_id, product_id, { counted: 1, was: null })
    expect([answer.status, answer.code]).toEqual([409, 'COUNT_CHANGED'])
    expect(answer.body.error.details).toEqual({ counted: 3 })
    // Sent again after a lost answer it is no conflict.
    expect((await enter(count_id, product_id, { counted: 3, was: null })).status).toBe(200)
    expect((await enter(count_id, product_id, { counted: 4, was: 3 })).status).toBe(200)
    expect((await enter(count_id, product_id, { counted: null })).body.item).toMatchObject({
      counted: null,
      difference: null,
      counted_by: null,
    })
  })

  test('that would leave less than nothing posts nothing, and names the product', async () => {
    const [fine, wrong] = [
      await shop.addProduct({ category: 'wrong' }),
      await shop.addProduct({ category: 'wrong', product_name: '猫抓板' }),
    ]
    const { count_id } = await start({ category: 'wrong' })
    await enter(count_id, fine, { counted: 9 })
    await enter(count_id, wrong, { counted: 2 })
    await ship(wrong, 5)
    const answer = await post(count_id)
    expect([answer.status, answer.code]).toEqual([409, 'STOCK_BELOW_ZERO'])
    expect(answer.body.error.message).toContain('猫抓板')
    expect(answer.body.error.details).toEqual([
      { product_id: wrong, on_hand: 5, delta_on_hand: -8 },
    ])
    expect(await onHand(fine)).toBe(10)
    // Counted again, it can be posted.
    await enter(count_id, wrong, { counted: 2 })
    expect((await post(count_id)).status).toBe(200)
    expect([await onHand(fine), await onHand(wrong)]).toEqual([9, 2])
  })

  test('that was given up changes nothing, and takes no more entries', async () => {
    const product_id = await shop.addProduct({ category: 'given-up' })
    const { count_id } = await start({ category: 'given-up' })
    await enter(count_id, product_id, { counted: 1 })
    const cancel = () => shop.as('clerk').put(`${counts}/${count_id}/cancellation`)
    expect((await cancel()).body.item.state).toBe('cancelled')
    expect((await cancel()).status).toBe(200)
    expect((await post(count_id)).code).toBe('COUNT_CLOSED')
    expect((await enter(count_id, product_id, { counted: 2 })).code).toBe('COUNT_CLOSED')
    expect(await onHand(product_id)).toBe(10)
    const open = await shop.as('clerk').get(`${counts}?state=cancelled`)
    expect(open.body.items.map((count: { count_id: number }) => count.count_id)).toEqual([count_id])
  })

  test('of a category without products is none; without differences there is no document', async () => {
    expect((await shop.as('clerk').post(counts, { category: 'none' })).code).toBe('COUNT_EMPTY')
    const product_id = await shop.addProduct({ category: 'equal' })
    const { count_id } = await start({ category: 'equal' })
    await enter(count_id, product_id, { counted: 10 })
    expect((await post(count_id)).body.item).toMatchObject({ state: 'posted', document_id: null })
    expect((await post(count_id, {})).code).toBe('VALIDATION')
  })
})
