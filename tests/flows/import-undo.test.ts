// Shows that an import goes back as a whole, except for what somebody has touched since, which is named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importAs } from '../support/imports.ts'
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

const imports = '/api/inventory/imports'
const header = 'sku,product_name,price,quantity,barcode'
const write = async (...rows: string[]) => {
  const { status, body } = await importAs(shop, 'manager', [header, ...rows].join('\n'))
  expect([status, body.error_count]).toEqual([200, 0])
  return body.import_id as number
}
const undo = (id: number) => shop.as('manager').put(`${imports}/${id}/reversal`)
const kept = async (id: number) =>
  (await shop.as('manager').get(`${imports}/${id}/kept`)).body.items as {
    sku: string
    outcome: string
  }[]
const bySku = async (sku: string) => {
  const { body } = await shop.as('owner').get(`/api/inventory?search=${sku}&limit=100`)
  return (body.items as { sku: string; product_id: number }[]).find((item) => item.sku === sku)
}
const idOf = async (sku: string) => (await bySku(sku))?.product_id ?? 0

describe('[sqlite] an import that is undone', () => {
  test('takes its new products back: their units go out by a document, their SKUs are free', async () => {
    const id = await write('NEW-1,新一,10,5,', 'NEW-2,新二,20,0,6901234567892')
    const [first, second] = [await idOf('NEW-1'), await idOf('NEW-2')]
    const answer = await undo(id)
    expect(answer.status).toBe(200)
    expect(answer.body.item).toMatchObject({ import_id: id, created: 2, undone: 2, kept: 0 })
    expect(answer.body.item.undone_at).not.toBeNull()
    expect(await shop.product(first)).toMatchObject({ active: false, on_hand: 0 })
    expect(await shop.product(second)).toMatchObject({ active: false, barcode: null })
    const document_id = answer.body.item.undo_document_id
    const clerk = shop.as('clerk')
    const ledger = (await clerk.get(`/api/inventory/${first}/movements`)).body.items
    expect(ledger).toMatchObject([
      { kind: 'adjustment', delta_on_hand: -5, reason: 'receiving_error', document_id },
      { kind: 'receipt', delta_on_hand: 5, document_id: id },
    ])
    const document = await clerk.get(`/api/inventory/documents/${document_id}`)
    expect(document.body.item).toMatchObject({ kind: 'import_undo', units: -5 })
    // Repeated, nothing more happens; the corrected file makes the products anew.
    expect((await undo(id)).body.item).toEqual(answer.body.item)
    await write('NEW-1,新一,10,7,', 'NEW-2,新二,20,1,6901234567892')
    expect(await bySku('NEW-1')).toMatchObject({ quantity: 7, active: true })
    expect(await idOf('NEW-1')).not.toBe(first)
  })

  test('gives prices and names back, with their history, where nobody changed them since', async () => {
    const [a, b] = [
      await shop.addProduct({ sku: 'OLD-1', product_name: '旧一' }),
      await shop.addProduct({ sku: 'OLD-2', product_name: '旧二' }),
    ]
    const id = await write('OLD-1,改一,15,0,', 'OLD-2,改二,25,0,')
    await shop.as('manager').patch(`/api/inventory/${b}`, { price_cents: 3000 })
    const { body } = await undo(id)
    expect(body.item).toMatchObject({ updated: 2, undone: 2, kept: 1 })
    expect(await shop.product(a)).toMatchObject({ product_name: '旧一', price_cents: 1000 })
    // Its price was changed by hand: that stays, its name goes back.
    expect(await shop.product(b)).toMatchObject({ product_name: '旧二', price_cents: 3000 })
    expect(await kept(id)).toMatchObject([{ sku: 'OLD-2', outcome: 'partly' }])
    const prices = await shop.as('manager').get(`/api/inventory/${a}/prices`)
    expect(prices.body.items).toMatchObject([
      { from_cents: 1500, to_cents: 1000 },
      { from_cents: 1000, to_cents: 1500 },
    ])
    expect((await bySku('OLD-1'))?.product_id).toBe(a)
  })

  test('leaves what was edited, sold or promised as it is, and says which', async () => {
    const id = await write('K-1,甲,10,5,', 'K-2,乙,10,5,', 'K-3,丙,10,5,', 'K-4,丁,10,5,')
    const ids = await Promise.all(['K-1', 'K-2', 'K-3', 'K-4'].map(idOf))
    const [edited = 0, sold = 0, promised = 0, free = 0] = ids
    await shop.as('manager').patch(`/api/inventory/${edited}`, { unit: '盒' })
    await shop.as('manager').post(`/api/inventory/${sold}/movements`, {
      kind: 'write_off',
      quantity: 1,
      reason: 'damaged',
    })
    await shop.order('customer', { lines: [[promised, 1]] })
    const { body } = await undo(id)
    expect(body.item).toMatchObject({ created: 4, undone: 1, kept: 3 })
    expect((await kept(id)).map(({ sku, outcome }) => [sku, outcome])).toEqual([
      ['K-1', 'changed'],
      ['K-2', 'sold'],
      ['K-3', 'promised'],
    ])
    for (const [product_id, on_hand] of [
      [edited, 5],
      [sold, 4],
      [promised, 5],
    ] as const) {
      expect(await shop.product(product_id)).toMatchObject({ active: true, on_hand })
    }
    expect(await shop.product(free)).toMatchObject({ active: false, on_hand: 0 })
  })

  test('leaves a product whose old barcode another one has now, and undoes the others', async () => {
    const first = await shop.addProduct({ sku: 'T-1', barcode: 'OLD-CODE' })
    const second = await shop.addProduct({ sku: 'T-2' })
    const id = await write('T-1,甲,10,0,NEW-CODE', 'T-2,乙,99,0,')
    await shop.addProduct({ sku: 'T-3', barcode: 'OLD-CODE' })
    const { body } = await undo(id)
    expect(body.item).toMatchObject({ undone: 1, kept: 1 })
    expect(await kept(id)).toMatchObject([{ sku: 'T-1', outcome: 'taken' }])
    expect(await shop.product(first)).toMatchObject({ barcode: 'NEW-CODE' })
    expect(await shop.product(second)).toMatchObject({ price_cents: 1000 })
  })

  test('by two people at once goes back once', async () => {
    const id = await write('TWICE,双,10,5,')
    const product_id = await idOf('TWICE')
    const answers = await Promise.all([undo(id), undo(id), undo(id)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 0 })
  })

  test('is listed; an import that changed nothing isn’t one', async () => {
    const before = (await shop.as('manager').get(`${imports}?limit=100`)).body.items.length
    const id = await write('LISTED,列,10,5,')
    expect(await write('LISTED,列,10,5,')).toBeNull()
    const { items } = (await shop.as('manager').get(`${imports}?limit=100`)).body
    expect(items).toHaveLength(before + 1)
    expect(items[0]).toMatchObject({ import_id: id, created: 1, updated: 0, undone_at: null })
  })
})
