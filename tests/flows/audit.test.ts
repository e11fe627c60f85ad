// Shows what the audit log records, that it outlives an erased person, and that the doctor names whatever is changed.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRefusals } from '../../src/modules/users/refusals.ts'
import { until } from '../support/load.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const owner = () => shop.as('owner')

interface Entry {
  readonly entry_id: number
  readonly act: string
  readonly actor_id: number | null
  readonly actor: string | null
  readonly subject_kind: string
  readonly subject_id: string
  readonly before: unknown
  readonly after: unknown
  readonly request_id: string | null
  readonly seal_no: number | null
}

async function entries(query = ''): Promise<Entry[]> {
  return (await owner().get(`/api/audit?limit=100${query}`)).body.items
}

/** Those of one act, the latest first. */
const of = (act: string) => entries(`&act=${act}`)

/** Refused log-ins are written a moment after their answer. */
async function refused(count: number): Promise<Entry[]> {
  let found: Entry[] = []
  await until(`${count} are there`, async () => {
    found = await of('session.refused')
    return found.length >= count
  })
  return found
}

async function seal(): Promise<void> {
  const jobs = shop.app.modules.flatMap((module) => module.upkeep)
  await jobs.find(({ name }) => name === 'seal-audit-log')?.run(shop.clock.now())
}

describe('the audit log', () => {
  test('tells who did what, from which to which, and by which request', async () => {
    const product_id = await shop.addProduct({ price_cents: 1000, quantity: 20 })
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { price_cents: 1200 })
    const moves = `/api/inventory/${product_id}/movements`
    await shop.as('manager').post(moves, { kind: 'write_off', quantity: 3, reason: 'damaged' })
    await shop.as('clerk').post(moves, { kind: 'count', quantity: 15 })
    await shop.as('clerk').post(moves, { kind: 'receipt', quantity: 5 })
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    await shop.as('clerk').put(`/api/orders/${order_id}/payment`)
    await shop.as('manager').put(`/api/orders/${order_id}/refund`)
    await shop.as('manager').put(`/api/orders/${order_id}/cancellation`, { reason: '王先生来电' })
    await owner().patch('/api/settings', { low_stock_threshold: 7, show_stock: false })
    await owner().patch('/api/settings', { show_stock: false })
    await shop.as('manager').get('/api/orders/export?search=wang')

    const { manager, clerk } = shop.people
    const [price] = await of('product.price_changed')
    expect(price).toMatchObject({
      ...{ actor_id: manager.user_id, actor: 'manager', subject_kind: 'product' },
      ...{ subject_id: String(product_id), request_id: expect.any(String) },
      ...{ before: { price_cents: 1000 }, after: { price_cents: 1200 } },
    })
    expect(await of('stock.written_off')).toMatchObject([
      { before: { on_hand: 20 }, after: { on_hand: 17, reason: 'damaged' } },
    ])
    expect(await of('stock.counted')).toMatchObject([
      { actor_id: clerk.user_id, before: { on_hand: 17 }, after: { on_hand: 15 } },
    ])
    expect(await of('order.refunded')).toMatchObject([{ before: { payment_status: 'paid' } }])
    expect(await of('order.cancelled')).toMatchObject([{ subject_id: String(order_id) }])
    expect(await of('settings.changed')).toMatchObject([
      { before: { low_stock_threshold: 5 }, after: { low_stock_threshold: 7, show_stock: false } },
    ])
    expect(await of('orders.exported')).toMatchObject([{ actor_id: manager.user_id }])
    expect(JSON.stringify(await entries())).not.toMatch(/王先生|wang/)
    expect(await shop.findings()).toEqual([])
  })

  test('commits with its act: what is refused or rolled back is not in it', async () => {
    const product_id = await shop.addProduct({ quantity: 2 })
    const moves = `/api/inventory/${product_id}/movements`
    const wrong = { kind: 'write_off', quantity: 3, reason: 'damaged' }
    expect((await shop.as('manager').post(moves, wrong)).code).toBe('STOCK_BELOW_ZERO')
    await owner().patch('/api/settings', { currency: 'USD', time_zone: 'nowhere' })
    // The people of every test shop have logged in.
    expect(new Set((await entries()).map(({ act }) => act))).toEqual(new Set(['session.opened']))
  })

  test('knows log-ins, refused ones of unknown names too, and every change of a way in', async () => {
    const login = { username: 'chen', password: 'a long enough one' }
    await shop.as('manager').post('/api/users', {
      ...login,
      ...{ email: 'chen@example.com', role: 'clerk' },
    })
    const { body } = await shop.guest.post('/api/login', login)
    await shop.guest.post('/api/login', { ...login, password: 'wrong' })
    await shop.guest.post('/api/login', { username: 'nobody at all', password: 'wrong' })
    await refused(2)
    const { user_id } = body
    await owner().patch(`/api/users/${user_id}`, { role: 'manager' })
    await owner().patch(`/api/users/${user_id}`, { active: false })
    await shop.guest.post('/api/login', login)
    await refused(3)
    await owner().delete(`/api/users/${user_id}`)

    const about = await entries(`&subject_kind=account&subject_id=${user_id}`)
    expect(about.toReversed().map(({ act, actor_id, after }) => [act, actor_id, after])).toEqual([
      ['account.created', shop.people.manager.user_id, { role: 'clerk' }],
      ['session.opened', user_id, null],
      ['session.refused', null, { reason: 'password' }],
      ['account.role_changed', shop.people.owner.user_id, { role: 'manager' }],
      ['account.disabled', shop.people.owner.user_id, null],
      ['session.refused', null, { reason: 'disabled' }],
      ['account.deleted', shop.people.owner.user_id, null],
    ])
    const unknown = (await of('session.refused')).filter((each) => each.subject_id === 'unknown')
    expect(unknown).toMatchObject([{ after: { reason: 'password' }, actor_id: null }])
    await seal()
    // The person is gone; what the log says of them is an id, and still adds up.
    expect(JSON.stringify(await entries())).not.toMatch(/chen|nobody at all/)
    expect(await shop.findings()).toEqual([])
  })

  test('does not grow with every guess: after the first of an account they are counted', async () => {
    const guess = (username: string) =>
      shop.guest.post('/api/login', { username, password: 'a wrong one' })
    await guess(shop.people.clerk.username)
    for (let n = 0; n < 13; n++) expect((await guess(`nobody ${n}`)).code).toBe('LOGIN_FAILED')
    expect(await refused(11)).toHaveLength(11)
    const from = new Date(shop.clock.now()).toISOString()
    shop.clock.advance(15 * 60_000)
    await guess('nobody 1')
    const all = await refused(13)
    expect(all).toHaveLength(13)
    expect(
      all.map(({ after }) => after).filter((after) => Object.hasOwn(Object(after), 'more')),
    ).toEqual([{ more: 3, reasons: ['password'], from }])
    expect(all.filter(({ subject_id }) => subject_id !== 'unknown')).toMatchObject([
      { subject_id: String(shop.people.clerk.user_id), after: { reason: 'password' } },
    ])
    await seal()
    expect(await shop.findings()).toEqual([])
    const text = (await owner().get('/api/audit/export?act=session.refused')).text
    expect(text).toContain('"more"":3')
  })

  test('has what was only counted when the shop closes, and is read as before', async () => {
    const refusals = createRefusals(shop.core)
    const now = shop.clock.now()
    const cause = { actor_id: null, request_id: null, now }
    for (let n = 0; n < 12; n++) refusals.note(cause, undefined, 'password')
    await refusals.close()
    const all = await of('session.refused')
    expect(all).toHaveLength(11)
    const from = new Date(now).toISOString()
    expect(all[0]).toMatchObject({ after: { more: 2, reasons: ['password'], from } })
    expect((await owner().get('/api/audit/export')).status).toBe(200)
  })

  test('is the owner’s alone, and nobody can write it', async () => {
    for (const who of ['manager', 'clerk', 'customer'] as const) {
      expect((await shop.as(who).get('/api/audit')).status).toBe(403)
      expect((await shop.as(who).get('/api/audit/export')).status).toBe(403)
    }
    expect((await shop.guest.get('/api/audit')).status).toBe(401)
    expect((await owner().delete('/api/audit/1')).code).toBe('NO_SUCH_ROUTE')
    expect((await owner().get('/api/audit?act=nothing')).code).toBe('VALIDATION')
  })

  test('pages, filters by time, and is taken home as CSV or JSON lines with its seals', async () => {
    for (let n = 1; n <= 5; n++) {
      await owner().patch('/api/settings', { low_stock_threshold: 10 + n })
      shop.clock.advance(60_000)
    }
    await seal()
    const first = (await owner().get('/api/audit?limit=2')).body
    const rest = (await owner().get(`/api/audit?limit=3&cursor=${first.next_cursor}`)).body
    const numbers = [...first.items, ...rest.items].map((entry: Entry) => entry.seal_no)
    expect(numbers).toEqual([10, 9, 8, 7, 6])
    const from = new Date(shop.clock.now() - 150_000).toISOString()
    expect(await entries(`&from=${from}`)).toHaveLength(2)

    const lines = (await owner().get('/api/audit/export?format=ndjson')).text.trim().split('\n')
    const read = lines.map((line) => JSON.parse(line) as Entry)
    expect(read.map(({ seal_no }) => seal_no)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, null])
    expect(read.at(-1)).toMatchObject({ act: 'audit.exported', after: { format: 'ndjson' } })
    const { text, headers } = await owner().get('/api/audit/export?act=settings.changed')
    expect(headers['content-disposition']).toMatch(/audit-2026-01-15\.csv/)
    expect(text.split('\r\n')).toHaveLength(7)
    expect(text).toContain('"{""low_stock_threshold"":15}"')
  })
})

describe('the doctor', () => {
  const change = (statement: string) => sql.raw(statement).execute(shop.core.store.db)
  beforeEach(async () => {
    for (let n = 1; n <= 6; n++) await owner().patch('/api/settings', { low_stock_threshold: n })
    await seal()
    expect(await shop.findings()).toEqual([])
  })
  const found = async () => (await shop.findings()).filter((text) => text.includes('audit'))

  test('names an entry that was changed, by its number, and no other', async () => {
    await change(
      `UPDATE audit_entries SET facts_after = '{"low_stock_threshold":9}' WHERE seal_no = 8`,
    )
    expect(await found()).toEqual([
      expect.stringMatching(/entry \d+ \(settings\.changed, seal 8\): it is not what was sealed/),
    ])
  })

  test('names one that was changed and sealed anew: the next one tells', async () => {
    await change(`UPDATE audit_entries SET seal = '${'f'.repeat(64)}' WHERE seal_no = 8`)
    expect(await found()).toEqual([
      expect.stringMatching(/seal 8\)/),
      expect.stringMatching(/seal 9\)/),
    ])
  })

  test('names one that was removed, and a tail that was cut off', async () => {
    await change('DELETE FROM audit_entries WHERE seal_no = 2')
    expect(await found()).toEqual([expect.stringMatching(/the entry with seal 2 is gone/)])
    await change('DELETE FROM audit_entries WHERE seal_no >= 10')
    expect((await found()).at(-1)).toMatch(/the entries with seals 10–11 are gone/)
    await change('DELETE FROM audit_head')
    expect((await found()).at(-1)).toMatch(/where it ends is not known/)
  })

  test('is content with entries that wait for their seal, and sealing goes on behind them', async () => {
    await owner().patch('/api/settings', { low_stock_threshold: 50 })
    expect(await found()).toEqual([])
    await Promise.all([seal(), seal()])
    await seal()
    expect((await entries()).map(({ seal_no }) => seal_no)).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ])
    expect(await found()).toEqual([])
  })
})
