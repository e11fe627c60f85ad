// Shows that a shop's rules hold when several of its processes decide at the same moment.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAnyOrderPlaced } from '../../src/modules/orders/index.ts'
import { eraseUser, lockWithOwners } from '../../src/modules/users/store.ts'
import { describeStores } from '../support/describe-stores.ts'
import { type People, testPeople } from '../support/people.ts'
import { codeOf, type Process, type Processes, startProcesses } from './processes.ts'

const ROUNDS = 8
const password = 'four blue parrots'

describeStores('rules, at the same moment', (fresh) => {
  let processes: Processes
  let one: Process
  let two: Process
  let people: People
  beforeAll(async () => {
    processes = await startProcesses(fresh)
    one = processes.all[0]
    two = processes.all[1]
  })
  afterAll(() => processes.close())

  const cause = () => ({ actor_id: null, request_id: null, now: processes.now() })

  /** Each process does it, at once. @returns `done`, or the code of the refusal */
  async function everywhere(
    work: (process: Process, i: number) => Promise<unknown>,
  ): Promise<string[]> {
    const ends = await Promise.allSettled(processes.all.map(work))
    return ends.map((end) => (end.status === 'fulfilled' ? 'done' : codeOf(end.reason))).toSorted()
  }

  let skus = 0
  async function addProduct(quantity: number): Promise<number> {
    const product = { sku: `SKU-${++skus}`, product_name: '猫砂', price_cents: 100, quantity }
    return (await one.app.inventory.createProducts(cause(), [product]))[0]!
  }
  const place = ({ app }: Process, user_id: number, productIds: number[], quantity = 1) => {
    const items = productIds.map((product_id) => ({ product_id, quantity }))
    const caller = { ...people.clerk, session_id: 1 }
    return app.orders.placements.place(caller, cause(), null, { user_id, items })
  }
  let accounts = 0
  async function addUser(username = `user-${++accounts}`): Promise<number> {
    const email = `${username}@example.com`
    const account = { username, email, password: null, role: 'customer' as const }
    return (await one.app.users.createUsersBulk([account], processes.now()))[0]!
  }
  /** As the owner, over HTTP. @returns `done`, or the code of the refusal */
  async function ask({ http }: Process, method: 'DELETE' | 'PUT', url: string, payload?: object) {
    const { headers } = people.owner
    for (;;) {
      const answer = await http.inject({ method, url, headers, ...(payload && { payload }) })
      const body: { error?: { code: string } } = answer.json()
      // On a slow machine many who want the same rows are told to come again.
      if (answer.statusCode !== 503) return body.error?.code ?? 'done'
    }
  }

  test('the first run makes one owner', async () => {
    const setup = (i: number) => ({
      username: `boss-${i}`,
      email: `boss-${i}@example.com`,
      password,
      shop_name: '宠物店',
      currency: 'CNY',
      time_zone: 'Asia/Shanghai',
    })
    const outcomes = await everywhere(({ app }, i) => app.shop.completeSetup(setup(i), cause()))
    expect(outcomes).toEqual(['SETUP_DONE', 'SETUP_DONE', 'done'])
    people = await testPeople(one.core, one.app.users)
  })

  test('no first order is placed while somebody relies on there being none', async () => {
    const product_id = await addProduct(1)
    // Refused: there is no order yet, but this process has its numbers.
    const refused = place(two, people.customer.user_id, [product_id], 2)
    await expect(refused).rejects.toMatchObject({ code: 'OUT_OF_STOCK' })
    const gate = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<boolean>()
    const relying = one.store.transaction(async (trx) => {
      asked.resolve(await isAnyOrderPlaced(one.store, trx))
      await gate.promise
    })
    expect(await asked.promise).toBe(false)
    let placed = false
    const placing = place(two, people.customer.user_id, [product_id]).then(() => (placed = true))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(placed).toBe(false)
    gate.resolve()
    await Promise.all([relying, placing])
    const now = one.store.transaction((trx) => isAnyOrderPlaced(one.store, trx))
    expect(await now).toBe(true)
  })

  test('the last units are sold once, whichever process is asked', async () => {
    const products = [await addProduct(20), await addProduct(20), await addProduct(7)]
    const sold = new Map(products.map((id) => [id, 0]))
    const buy = async (process: Process, product_id: number) => {
      try {
        await place(process, people.customer.user_id, [product_id])
        sold.set(product_id, sold.get(product_id)! + 1)
      } catch (error) {
        expect(codeOf(error)).toBe('OUT_OF_STOCK')
      }
    }
    // A process' first order waits for everybody else's; the later ones don't.
    const other = await addProduct(3)
    for (const process of processes.all) await place(process, people.customer.user_id, [other])
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        processes.all.flatMap((process) => products.map((product_id) => buy(process, product_id))),
      )
    }
    expect([...sold.values()]).toEqual([20, 20, 7])
    const rows = await one.store.db
      .selectFrom('stock')
      .select(['on_hand', 'reserved'])
      .where('product_id', 'in', products)
      .orderBy('product_id')
      .execute()
    expect(rows).toEqual([20, 20, 7].map((units) => ({ on_hand: units, reserved: units })))
  })

  test('orders with the same products, in another order, are all placed and cancelled', async () => {
    const products = [await addProduct(500), await addProduct(500), await addProduct(500)]
    const { user_id } = people.customer
    const orders = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        place(processes.all[i % 3]!, user_id, i % 2 ? products : products.toReversed()),
      ),
    )
    expect(new Set(orders.map((order) => order.order_id)).size).toBe(30)
    const outcomes = await Promise.all([
      ...orders.map(({ order_id }, i) =>
        ask(processes.all[i % 3]!, 'PUT', `/api/orders/${order_id}/cancellation`, { reason: 'x' }),
      ),
      processes.settle(),
    ])
    expect(outcomes.slice(0, -1)).toEqual(orders.map(() => 'done'))
  })

  test('nobody is deleted while an order is placed for them', async () => {
    const product_id = await addProduct(1000)
    for (let round = 0; round < ROUNDS; round++) {
      const user_id = await addUser()
      const [placed, erased] = await Promise.all([
        place(one, user_id, [product_id]).then(() => 'done', codeOf),
        ask(two, 'DELETE', `/api/users/${user_id}`),
      ])
      const either = [
        ['done', 'USER_HAS_OPEN_ORDERS'],
        ['UNKNOWN_USER', 'done'],
      ]
      expect(either).toContainEqual([placed, erased])
    }
  })

  test('the last owner stays', async () => {
    const { user_id } = people.clerk
    await one.app.users.changeUser({ role: 'owner' }, user_id, { role: 'owner' }, cause())
    const owners = await one.store.db
      .selectFrom('users')
      .select('user_id')
      .where('role', '=', 'owner')
      .execute()
    expect(owners).toHaveLength(3)
    const outcomes = await everywhere(({ app }, i) =>
      app.users.changeUser({ role: 'owner' }, owners[i]!.user_id, { role: 'clerk' }, cause()),
    )
    expect(outcomes).toEqual(['LAST_OWNER', 'done', 'done'])
    await one.app.users.changeUser(
      { role: 'owner' },
      people.owner.user_id,
      { role: 'owner' },
      cause(),
    )
  })

  test('a name and a SKU belong to whoever was first', async () => {
    const account = (i: number) => ({
      username: i ? 'Ｗang' : 'wang',
      email: `wang-${i}@example.com`,
      password,
      role: 'customer' as const,
    })
    expect(await everywhere(({ app }, i) => app.users.createUser(account(i), cause()))).toEqual([
      'USERNAME_TAKEN',
      'USERNAME_TAKEN',
      'done',
    ])
    const product = { sku: 'sKu', product_name: '猫砂', price_cents: 100 }
    expect(await everywhere(({ app }) => app.inventory.createProducts(cause(), [product]))).toEqual(
      ['SKU_TAKEN', 'SKU_TAKEN', 'done'],
    )
  })

  test('the name of somebody who is being deleted is not given out again', async () => {
    const user_id = await addUser('anna')
    const gate = Promise.withResolvers<void>()
    const erased = Promise.withResolvers<void>()
    const deleting = one.store.transaction(async (trx) => {
      const { row } = await lockWithOwners(one.store, trx, user_id)
      await eraseUser(one.store, trx, row!, processes.now())
      erased.resolve()
      await gate.promise
    })
    await erased.promise
    const email = 'another-anna@example.com'
    const account = { username: 'anna', email, password: null, role: 'customer' as const }
    const making = two.app.users
      .createUsersBulk([account], processes.now())
      .then(() => 'done', codeOf)
    await new Promise((resolve) => setTimeout(resolve, 300))
    gate.resolve()
    await deleting
    expect(await making).toBe('USERNAME_TAKEN')
  })

  test('an order is shipped or cancelled, never both', async () => {
    const product_id = await addProduct(10)
    const { order_id } = await place(one, people.customer.user_id, [product_id], 2)
    await processes.settle()
    const shipment = { carrier: 'SF', tracking_number: '1' }
    const outcomes = await Promise.all([
      ask(one, 'PUT', `/api/orders/${order_id}/shipment`, shipment),
      ask(two, 'PUT', `/api/orders/${order_id}/cancellation`, { reason: 'x' }),
    ])
    expect(outcomes.toSorted()).toEqual(['ORDER_STATE', 'done'])
  })

  test('settings are what another process made them, within a second or so', async () => {
    await one.app.shop.changeSettings({ shop_name: 'A' }, processes.now())
    expect((await two.app.shop.settings()).shop_name).toBeDefined()
    await one.app.shop.changeSettings({ shop_name: 'B' }, processes.now())
    two.clock.advance(1000)
    expect((await two.app.shop.settings()).shop_name).toBe('B')
  })

  test('the books are right after all this', async () => {
    await processes.settle()
    expect(await processes.findings()).toEqual([])
  })
})
