// Owns filling an empty shop with the demo: the past is replayed through the shop's own actions, in time order.
import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { Caller, Cause } from '../lib/cause.ts'
import type { Role } from '../lib/roles.ts'
import { recordMovement } from '../modules/inventory/index.ts'
import { moveOrder, type Transition } from '../modules/orders/index.ts'
import { drain } from '../platform/events/drain.ts'
import { catalogue } from './catalogue.ts'
import { pastOrders } from './history.ts'
import { demoCustomers, demoStaff } from './people.ts'
import { productPicture, shopLogo } from './pictures.ts'
import { receiptsFor } from './receipts.ts'
import type { PastOrder, PastReceipt } from './types.ts'

export interface DemoClock {
  now(): number
  set(epochMs: number): void
}

export interface SeedOptions {
  readonly seed: number
  /** Epoch milliseconds of the demo's present. */
  readonly now: number
  readonly passwordOf: (username: string) => string
  readonly onProgress: (label: string, done: number, total: number) => void
}

const DAYS = 90
const DAY_MS = 24 * 3600 * 1000

/** Makes people, products and ninety days of orders. `clock` is the app's clock. */
export async function seedDemo(app: App, clock: DemoClock, options: SeedOptions): Promise<void> {
  const begin = options.now - (DAYS + 1) * DAY_MS
  clock.set(begin)
  const people = await seedPeople(app, begin, options)
  // The last orders must stay as the story leaves them; the setting is switched on at the end.
  await app.shop.changeSettings(
    {
      shop_name: '毛球宠物生活馆',
      currency: 'CNY',
      time_zone: 'Asia/Shanghai',
      auto_confirm: false,
      logo_url: await seedLogo(app, begin),
      receipt_text:
        '谢谢惠顾！凭小票七天内可退换未拆封的商品。\nThank you! Unopened goods may be returned within seven days.',
    },
    begin,
  )
  const history = { days: DAYS, products: catalogue, staff: demoStaff, now: options.now }
  const orders = pastOrders({ ...history, seed: options.seed, customers: demoCustomers })
  const receipts = receiptsFor({ ...history, orders })
  const productIds = await seedProducts(app, clock, receipts, people)
  await replay(app, clock, planSteps(app, orders, receipts, people, productIds), options)
  clock.set(options.now)
  await drain(app.core, consumersOf(app))
  await app.notifications.markOldRead(options.now - DAY_MS)
  await app.shop.changeSettings({ auto_confirm: true }, options.now)
}

interface People {
  readonly staff: readonly Caller[]
  readonly customers: readonly Caller[]
}

async function seedPeople(app: App, now: number, options: SeedOptions): Promise<People> {
  const staff = demoStaff.map((person) => ({
    ...person,
    password: options.passwordOf(person.username),
  }))
  const customers = demoCustomers.map(({ username, display_name, email, phone, account }) => ({
    username,
    display_name,
    email,
    phone,
    role: 'customer' as const,
    password: account ? options.passwordOf(username) : null,
  }))
  const everybody = [...staff, ...customers]
  const ids = await app.users.createUsersBulk(everybody, now, (done, total) =>
    options.onProgress('accounts', done, total),
  )
  const callers = everybody.map(({ username, role }, i): Caller => {
    return { user_id: ids[i] ?? 0, username, role: role satisfies Role, session_id: 0 }
  })
  return { staff: callers.slice(0, staff.length), customers: callers.slice(staff.length) }
}

async function seedLogo(app: App, now: number): Promise<string | null> {
  const [url = null] = await app.pictures.addDrawings([drawing('logo', shopLogo())], now)
  return url
}

/** Browsers keep a picture for ever: another drawing gets another name. */
function drawing(name: string, svg: string): { readonly name: string; readonly svg: string } {
  const digest = createHash('sha256').update(svg).digest('hex')
  return { name: `${name}-${digest.slice(0, 8)}.svg`, svg }
}

/** Products arrive with their first delivery. */
async function seedProducts(
  app: App,
  clock: DemoClock,
  receipts: PastReceipt[],
  people: People,
): Promise<number[]> {
  const opening = new Map<number, PastReceipt>()
  for (const receipt of receipts) {
    if (!opening.has(receipt.product)) opening.set(receipt.product, receipt)
  }
  const first = receipts[0]
  if (first) clock.set(first.at)
  const pictures = await app.pictures.addDrawings(
    catalogue.map((product) => drawing(product.sku, productPicture(product))),
    clock.now(),
  )
  const actor_id = people.staff[1]?.user_id ?? null
  const ids = await app.inventory.createProducts(
    { actor_id, request_id: null, now: clock.now() },
    catalogue.map((product, i) => ({
      sku: product.sku,
      barcode: product.barcode,
      product_name: product.product_name,
      name_en: product.name_en,
      category: product.category,
      unit: product.unit,
      price_cents: product.price_cents,
      cost_cents: product.cost_cents,
      description: product.description,
      image_url: pictures[i] ?? null,
      low_stock_threshold: product.low_stock_threshold,
      quantity: opening.get(i)?.quantity ?? 0,
    })),
  )
  for (const receipt of opening.values()) receipts.splice(receipts.indexOf(receipt), 1)
  return ids
}

interface Step {
  readonly at: number
  run(): Promise<unknown>
}

function planSteps(
  app: App,
  orders: readonly PastOrder[],
  receipts: readonly PastReceipt[],
  people: People,
  productIds: readonly number[],
): Step[] {
  const { store } = app.core
  const steps: Step[] = receipts.map((receipt) => ({
    at: receipt.at,
    run: () => {
      const clerk = callerAt(people.staff, receipt.staff)
      const product_id = productIds[receipt.product] ?? 0
      const movement = { kind: 'receipt' as const, quantity: receipt.quantity, note: receipt.note }
      return recordMovement(store, clerk, causeOf(clerk, receipt.at), null, product_id, movement)
    },
  }))
  for (const order of orders) steps.push(...orderSteps(app, order, people, productIds))
  return steps.sort((one, other) => one.at - other.at)
}

function orderSteps(
  app: App,
  order: PastOrder,
  people: People,
  productIds: readonly number[],
): Step[] {
  const { store } = app.core
  const customer = callerAt(people.customers, order.customer)
  const taker = order.staff === null ? customer : callerAt(people.staff, order.staff)
  let order_id = 0
  const move = (caller: Caller, at: number, transition: Transition): Step => ({
    at,
    run: () => moveOrder(store, caller, causeOf(caller, at), order_id, transition),
  })
  const place: Step = {
    at: order.created_at,
    async run() {
      const placed = await app.orders.placements.place(
        taker,
        causeOf(taker, order.created_at),
        null,
        {
          user_id: customer.user_id,
          items: order.lines.map((line) => ({
            product_id: productIds[line.product] ?? 0,
            quantity: line.quantity,
          })),
          fulfilment: order.fulfilment,
          ...(order.note ? { note: order.note } : {}),
          ...(order.address ? { address: order.address } : {}),
        },
      )
      order_id = placed.order_id
    },
  }
  const clerk = callerAt(people.staff, 2)
  const manager = callerAt(people.staff, 1)
  const moves = order.transitions.map(({ to, at, staff }) =>
    move(staff === null ? customer : callerAt(people.staff, staff), at, transitionTo(to, order)),
  )
  const money = [
    ...(order.paid_at === null ? [] : [move(clerk, order.paid_at, { action: 'payment' })]),
    ...(order.refunded_at === null ? [] : [move(manager, order.refunded_at, { action: 'refund' })]),
  ]
  return [place, ...money, ...moves]
}

function transitionTo(
  status: PastOrder['transitions'][number]['to'],
  order: PastOrder,
): Transition {
  switch (status) {
    case 'confirmed':
      return { action: 'confirmation' }
    case 'ready':
      return { action: 'readiness' }
    case 'shipped':
      return {
        action: 'shipment',
        carrier: order.carrier ?? '',
        tracking_number: order.tracking_number ?? '',
      }
    case 'completed':
      return { action: 'completion' }
    case 'cancelled':
      return { action: 'cancellation', reason: order.cancel_reason ?? '' }
  }
}

/** Runs the steps; at the end of each day the events of that day take effect, as they would have then. */
async function replay(
  app: App,
  clock: DemoClock,
  steps: readonly Step[],
  options: SeedOptions,
): Promise<void> {
  const consumers = consumersOf(app)
  let day = 0
  for (const [done, step] of steps.entries()) {
    const stepDay = Math.floor(step.at / DAY_MS)
    if (stepDay !== day) {
      day = stepDay
      await drain(app.core, consumers)
      options.onProgress('past days', done, steps.length)
    }
    clock.set(step.at)
    await step.run()
  }
  options.onProgress('past days', steps.length, steps.length)
}

function consumersOf(app: App) {
  return app.modules.flatMap((module) => module.consumers)
}

function callerAt(callers: readonly Caller[], index: number): Caller {
  const caller = callers[index]
  if (!caller) throw new Error(`the demo has no person ${index}`)
  return caller
}

function causeOf(caller: Caller, now: number): Cause {
  return { actor_id: caller.user_id, request_id: null, now }
}
