// Owns the demo's past orders: ninety plausible days, the same for the same seed and moment.
import { createBaskets } from './history/baskets.ts'
import { listDemand } from './history/demand.ts'
import { day, minute } from './history/shop-clock.ts'
import { planCancellation, planCompletion } from './history/timeline.ts'
import type { OrderStart } from './history/timeline.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import type {
  DemoCustomer,
  DemoProduct,
  DemoStaff,
  OrderStatus,
  PastOrder,
  PastOrderLine,
  PastTransition,
} from './types.ts'

export interface HistoryInput {
  seed: number
  days: number
  products: readonly DemoProduct[]
  customers: readonly Pick<DemoCustomer, 'pets' | 'visits' | 'address'>[]
  staff: readonly Pick<DemoStaff, 'role'>[]
  /** Epoch milliseconds; nothing in the history is later. */
  now: number
}

type Course = Pick<PastOrder, 'transitions' | 'status' | 'cancel_reason'>

/** Orders that are surely open when the demo starts, by customer, so that every board has some. */
const openOrders: [status: OrderStatus, customer: number][] = [
  ['pending', 1],
  ['pending', 4],
  ['confirmed', 2],
  ['confirmed', 0],
  ['ready', 3],
  ['ready', 1],
  ['shipped', 0],
  ['shipped', 2],
]

const carriers = [
  { name: '青雀速递', prefix: 'QN' },
  { name: '云程快运', prefix: 'YC' },
  { name: '橙豆同城', prefix: 'CD' },
]

const customersReasons = ['不想要了', '规格拍错了', '下单重复了', '想换一款']
const deliveryReasons = ['地址填错，重新下单', '想改为门店自提']
const staffsReasons = ['与顾客协商一致取消', '顾客临时出差，改日再买', '顾客来电要求取消']
const unpaidReason = '超时未付款'

const deliveryNotes = [
  '放门口就好，猫怕门铃',
  '请下班后送',
  '送货前请打电话',
  '麻烦多给一个纸箱',
  '放快递柜',
]
const pickupNotes = ['晚上七点后来取', '家人代取', '请帮忙留意生产日期', '顺路来取，谢谢']

/** In the order of `created_at`, all of it within the last `days` days. */
export function pastOrders(input: HistoryInput): PastOrder[] {
  const { products, customers, staff, now } = input
  const random = createRandom(input.seed)
  const baskets = createBaskets(random, products, customers, now)
  const visits = customers.map((customer) => customer.visits)
  const clerks = staff.flatMap(({ role }, index) => (role === 'clerk' ? [index] : []))

  const write = (start: OrderStart, course: Course, customer: number): PastOrder => {
    const lines = baskets.fill(customer, start.created_at, hasLeft(course.status))
    return {
      ...start,
      ...course,
      ...payment(random, start, course, now),
      ...shipment(random, course),
      customer,
      staff: start.channel === 'counter' ? random.pick(clerks) : null,
      lines,
      total_cents: totalOf(lines, products),
      address: start.fulfilment === 'delivery' ? (customers[customer]?.address ?? null) : null,
      note: noteFor(random, start),
    }
  }

  const everyday = listDemand(random, now - input.days * day, now).map(({ at, channel }) => {
    const start = startOf(random, at, channel)
    return write(start, courseOf(random, start, clerks, now), random.weightedIndex(visits))
  })
  const open = openOrders.flatMap(([status, customer]) => {
    const found = findOpen(random, status, clerks, now)
    return found && customers[customer] ? [write(found.start, found.course, customer)] : []
  })
  return [...everyday, ...open]
    .filter(({ lines }) => lines.length > 0)
    .sort((one, other) => one.created_at - other.created_at)
}

/** When the goods left the shop, which is when the ledger has its `sale`; null when they did not. */
export function departureOf(order: Pick<PastOrder, 'fulfilment' | 'transitions'>): number | null {
  const leaving = order.fulfilment === 'delivery' ? 'shipped' : 'completed'
  return order.transitions.find(({ to }) => to === leaving)?.at ?? null
}

const hasLeft = (status: OrderStatus) => status === 'shipped' || status === 'completed'

function startOf(random: Random, at: number, channel: PastOrder['channel']): OrderStart {
  const delivered = channel === 'web' && random.chance(0.76)
  return { created_at: at, channel, fulfilment: delivered ? 'delivery' : 'pickup' }
}

function courseOf(random: Random, start: OrderStart, clerks: number[], now: number): Course {
  const cancelled = start.channel === 'web' && random.chance(0.055)
  const plan = cancelled ? planCancellation(random, start) : planCompletion(random, start)
  const transitions = plan
    .filter(({ at }) => at <= now)
    .map(({ to, at }, index): PastTransition => {
      // From `ready` on only the staff may cancel.
      const byCustomer = to === 'cancelled' && plan[index - 1]?.to !== 'ready' && random.chance(0.6)
      return { to, at, staff: byCustomer ? null : random.pick(clerks) }
    })
  const last = transitions.at(-1)
  return {
    transitions,
    status: last?.to ?? 'pending',
    cancel_reason: last?.to === 'cancelled' ? cancelReason(random, start, last) : null,
  }
}

function cancelReason(random: Random, start: OrderStart, { staff }: PastTransition): string {
  if (staff === null) {
    const delivery = start.fulfilment === 'delivery' && random.chance(0.4)
    return random.pick(delivery ? deliveryReasons : customersReasons)
  }
  return random.chance(0.5) ? unpaidReason : random.pick(staffsReasons)
}

/** Tries ages from a minute to 46 hours, the short ones more often, until one has the status. */
function findOpen(random: Random, status: OrderStatus, clerks: number[], now: number) {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const start = startOf(random, Math.floor(now - minute * 2760 ** random.next()), 'web')
    const course = courseOf(random, start, clerks, now)
    if (course.status === status) return { start, course }
  }
  return null
}

function payment(random: Random, start: OrderStart, course: Course, now: number) {
  const unpaid = { payment_status: 'unpaid' as const, paid_at: null, refunded_at: null }
  if (course.cancel_reason === unpaidReason) return unpaid
  const completed = course.transitions.find(({ to }) => to === 'completed')?.at ?? null
  const atCounter =
    start.fulfilment === 'pickup' && (start.channel === 'counter' || random.chance(0.3))
  const paidAt = atCounter ? completed : start.created_at + random.int(20_000, 4 * minute)
  if (paidAt === null || paidAt > now) return unpaid
  const cancelled = course.transitions.find(({ to }) => to === 'cancelled')?.at
  if (cancelled === undefined) {
    return { payment_status: 'paid' as const, paid_at: paidAt, refunded_at: null }
  }
  if (paidAt >= cancelled) return unpaid
  const refundedAt = Math.min(now, cancelled + random.int(1, 40) * minute)
  return { payment_status: 'refunded' as const, paid_at: paidAt, refunded_at: refundedAt }
}

function shipment(random: Random, course: Course) {
  if (!course.transitions.some(({ to }) => to === 'shipped')) {
    return { carrier: null, tracking_number: null }
  }
  const { name, prefix } = random.pick(carriers)
  const digits = String(random.int(0, 999_999_999)).padStart(9, '0')
  return { carrier: name, tracking_number: `${prefix}${random.int(100, 999)}${digits}` }
}

function totalOf(lines: PastOrderLine[], products: readonly DemoProduct[]): number {
  return lines.reduce(
    (sum, { product, quantity }) => sum + quantity * (products[product]?.price_cents ?? 0),
    0,
  )
}

function noteFor(random: Random, { channel, fulfilment }: OrderStart): string | null {
  if (channel === 'counter' || !random.chance(0.18)) return null
  return random.pick(fulfilment === 'delivery' ? deliveryNotes : pickupNotes)
}
