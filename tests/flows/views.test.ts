// Shows that staff keep the filters of a page under names of their own, and that nobody reaches another's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const view = { page: 'orders', name: '今天要发货', filters: { status: 'confirmed' } }

describe('[sqlite] a saved view', () => {
  test('is kept, renamed, given other filters and deleted', async () => {
    const clerk = shop.as('clerk')
    const made = await clerk.post('/api/views', view)
    expect([made.status, made.body.item]).toEqual([201, { view_id: expect.any(Number), ...view }])
    const { view_id } = made.body.item
    const renamed = await clerk.patch(`/api/views/${view_id}`, { name: '待发货' })
    expect(renamed.body.item).toEqual({ ...made.body.item, name: '待发货' })
    const filters = { status: 'ready', search: '王小明' }
    await clerk.patch(`/api/views/${view_id}`, { filters })
    await clerk.post('/api/views', { page: 'stock', name: '待发货', filters: {} })
    const { items } = (await clerk.get('/api/views?page=orders')).body
    expect(items).toEqual([{ view_id, page: 'orders', name: '待发货', filters }])
    expect((await clerk.get('/api/views')).body.items).toHaveLength(2)
    expect((await clerk.delete(`/api/views/${view_id}`)).status).toBe(200)
    expect((await clerk.delete(`/api/views/${view_id}`)).code).toBe('NOT_FOUND')
    expect((await clerk.get('/api/views?page=orders')).body.items).toEqual([])
  })

  test('is sent again with its key, and there is one', async () => {
    const key = { 'idempotency-key': 'view-1' }
    const [first, again] = [
      await shop.as('owner').post('/api/views', view, key),
      await shop.as('owner').post('/api/views', view, key),
    ]
    expect([again.status, again.body]).toEqual([201, first.body])
    expect((await shop.as('owner').get('/api/views')).body.items).toHaveLength(1)
  })

  test('has a name that no other of one’s own has, of the same page', async () => {
    const manager = shop.as('manager')
    await manager.post('/api/views', { ...view, name: 'A' })
    const twin = await manager.post('/api/views', { ...view, name: 'A' })
    expect([twin.status, twin.code]).toEqual([409, 'VIEW_NAME_TAKEN'])
    const { body } = await manager.post('/api/views', { ...view, name: 'B' })
    const renamed = await manager.patch(`/api/views/${body.item.view_id}`, { name: 'A' })
    expect([renamed.status, renamed.code]).toEqual([409, 'VIEW_NAME_TAKEN'])
  })

  test('is one’s own: nobody else sees, changes or deletes it', async () => {
    const [mine, other] = [await shop.addPerson('clerk'), shop.as('owner')]
    const { body } = await shop.as(mine).post('/api/views', view)
    const path = `/api/views/${body.item.view_id}`
    expect((await other.patch(path, { name: 'x' })).code).toBe('NOT_FOUND')
    expect((await other.delete(path)).code).toBe('NOT_FOUND')
    expect((await other.get('/api/views')).body.items).not.toContainEqual(body.item)
    expect((await shop.as(mine).get('/api/views')).body.items).toEqual([body.item])
  })

  test('goes with its person: a search may name somebody', async () => {
    const gone = await shop.addPerson('clerk')
    await shop.as(gone).post('/api/views', { ...view, filters: { search: '秘密' } })
    await shop.as('owner').delete(`/api/users/${gone.user_id}`)
    const rows = shop.core.store.db.selectFrom('saved_views').select('filters')
    expect(await rows.where('user_id', '=', gone.user_id).execute()).toEqual([])
  })

  test.each([
    { ...view, name: ' ' },
    { ...view, name: '长'.repeat(41) },
    { ...view, page: 'nothing' },
    { ...view, filters: { status: 1 } },
    { ...view, filters: { 'Not a name': 'x' } },
    { ...view, filters: { search: 'x'.repeat(201) } },
    { ...view, other: true },
  ])('is refused when it is none: %j', async (body) => {
    const answer = await shop.as('clerk').post('/api/views', body)
    expect([answer.status, answer.code]).toEqual([400, 'VALIDATION'])
  })

  test('is one of thirty at most', async () => {
    const many = await shop.addPerson('clerk')
    const save = (i: number) => shop.as(many).post('/api/views', { ...view, name: `${i}` })
    for (let i = 0; i < 30; i++) expect((await save(i)).status).toBe(201)
    expect((await save(30)).code).toBe('VIEWS_FULL')
  })
})
