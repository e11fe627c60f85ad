// Shows the address book: one's own and nobody else's, one default, copied into orders, gone with the person.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const home = {
  recipient: '王小明',
  phone: '138 0013 8000',
  region: '上海市浦东新区',
  detail: '世纪大道 1 号 2 楼',
}
const book = '/api/me/addresses'

test('the first address is the default; another one may take over, and inherits', async () => {
  const me = shop.as(await shop.addPerson('customer'))
  const first = await me.post(book, home)
  expect(first.status).toBe(201)
  expect(first.body.item).toEqual({ address_id: expect.any(Number), ...home, is_default: true })
  const second = await me.post(book, { ...home, detail: '公司', is_default: true })
  const third = await me.post(book, { ...home, detail: '父母家' })
  const ids = [first, second, third].map((answer) => answer.body.item.address_id as number)
  const defaults = async () => {
    const { items } = (await me.get(book)).body
    return items.map((item: { address_id: number; is_default: boolean }) => [
      ids.indexOf(item.address_id),
      item.is_default,
    ])
  }
  expect(await defaults()).toEqual([
    [1, true],
    [2, false],
    [0, false],
  ])
  await me.patch(`${book}/${ids[0]}`, { is_default: true, region: '北京市' })
  // There is always one: it can't just end being it.
  const kept = await me.patch(`${book}/${ids[0]}`, { is_default: false })
  expect(kept.body.item).toMatchObject({ is_default: true, region: '北京市' })
  await me.delete(`${book}/${ids[0]}`)
  expect(await defaults()).toEqual([
    [2, true],
    [1, false],
  ])
})

test('nobody reads, changes or deletes somebody else’s, not even the owner', async () => {
  const mine = await shop.as('customer').post(book, home)
  const path = `${book}/${mine.body.item.address_id}`
  for (const who of ['other', 'clerk', 'owner'] as const) {
    const them = shop.as(who)
    expect((await them.get(book)).body.items).toEqual([])
    expect((await them.patch(path, { detail: 'mine now' })).status).toBe(404)
    expect((await them.delete(path)).status).toBe(404)
  }
  expect((await shop.guest.get(book)).status).toBe(401)
  expect((await shop.as('customer').get(book)).body.items).toMatchObject([home])
})

test('what no courier could use is refused at its field; a full book takes no more', async () => {
  const me = shop.as(await shop.addPerson('customer'))
  for (const [field, value] of [
    ['phone', '1380013800'],
    ['phone', 'call me'],
    ['recipient', '  '],
    ['region', ''],
    ['detail', 'one\ntwo'],
    ['user_id', 1],
  ] as const) {
    const { status, body } = await me.post(book, { ...home, [field]: value })
    expect([field, status, body.error.code]).toEqual([field, 400, 'VALIDATION'])
    expect(JSON.stringify(body.error.details)).toContain(field)
  }
  const abroad = await me.post(book, { ...home, phone: '+44 20 7946 0958' })
  expect(abroad.status).toBe(201)
  for (let i = 1; i < 20; i++) await me.post(book, { ...home, detail: `No. ${i}` })
  const tooMany = await me.post(book, home)
  expect([tooMany.status, tooMany.body.error.code]).toEqual([409, 'ADDRESS_BOOK_FULL'])
})

test('a repeated request adds one address', async () => {
  const me = shop.as(await shop.addPerson('customer'))
  const headers = { 'idempotency-key': 'address-once' }
  const [one, two] = [await me.post(book, home, headers), await me.post(book, home, headers)]
  expect(two.body).toEqual(one.body)
  expect((await me.get(book)).body.items).toHaveLength(1)
})

test('an order keeps its copy of recipient and phone, until the person is erased', async () => {
  const person = await shop.addPerson('customer')
  const me = shop.as(person)
  const { address_id } = (await me.post(book, home)).body.item
  const product_id = await shop.addProduct({ quantity: 9 })
  const items = [{ product_id, quantity: 1 }]
  const order = { user_id: person.user_id, items }
  // Placed together, one of them without: each has its own.
  const [with_, without] = await Promise.all([
    me.post('/api/orders', { ...order, recipient: '王小明', phone: '13800138000', address: 'A' }),
    me.post('/api/orders', order),
  ])
  await me.patch(`${book}/${address_id}`, { recipient: '别人' })
  const read = async (who: 'clerk' | 'owner', answer: typeof with_) =>
    (await shop.as(who).get(`/api/orders/${answer.body.order_id}`)).body.item
  expect(await read('clerk', with_)).toMatchObject({ recipient: '王小明', phone: '13800138000' })
  expect(await read('clerk', without)).toMatchObject({ recipient: null, phone: null })

  for (const { body } of [with_, without]) {
    await me.put(`/api/orders/${body.order_id}/cancellation`, { reason: 'x' })
  }
  expect((await shop.as('owner').delete(`/api/users/${person.user_id}`)).status).toBe(200)
  expect(await read('owner', with_)).toMatchObject({ recipient: null, phone: null, address: null })
  const left = await shop.core.store.db
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', person.user_id)
    .execute()
  expect(left).toEqual([])
})

test('customers need no e-mail: several have none, and nobody logs in with nothing', async () => {
  const password = 'three green parrots'
  const names = ['mailless-1', 'mailless-2']
  for (const username of names) {
    const made = await shop.guest.post('/api/register', {
      username,
      password,
      phone: '13800138000',
    })
    expect([made.status, made.body.item?.email]).toEqual([201, ''])
    expect((await shop.guest.post('/api/login', { username, password })).status).toBe(200)
  }
  const login = await shop.guest.post('/api/login', { username: 'none-1', password })
  expect(login.status).toBe(401)
})
