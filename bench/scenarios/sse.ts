// What does a connected customer cost, and how soon does everybody hear of an order while many are placed?
// Goal: 5,000 customers at most 20 KiB each; at 1,000 orders/s all staff hear of each within a second of its answer.
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { startRemote, type Remote } from '../load/calls.ts'
import { possibleConnections } from '../load/file-limit.ts'
import { type Hearing, hearingOf } from '../load/hearing.ts'
import type { Heard, ListenersFunctions } from '../load/listeners-process.ts'
import type { OrdersDone } from '../load/orders-process.ts'
import { offerOrders, type Orderer, startOrderer, timesOf } from '../load/orders.ts'
import { residentMib } from '../lib/process-state.ts'
import type { Bench, Sample, Scenario, Shop } from '../lib/scenario.ts'

const CUSTOMERS = 5000
const PER_SECOND = 1000
const OFFER = { connections: 64, patienceMs: null }
const WARM_UP_PACE = { perSecond: 500, seconds: 2 }
/** Connected and gone before the memory is first looked at: code and buffers that serve all are no connection's. */
const WARM_UP = 50
/** Until the memory of what has just been done is given back. */
const CALM_MS = 10_000
/** Who hasn't heard after this never does. */
const LATEST_SECONDS = 30
const STEP = 500
const FILE = join(import.meta.dirname, '../load/listeners-process.ts')

export const scenario: Scenario = {
  name: 'sse',
  question: 'What do 5,000 connected customers cost, and how soon does everybody hear of an order?',
  goals: [
    { row: 'customers connected', of: 'kib_each', most: 20 },
    { row: 'heard by all staff', of: 'worst_ms', most: 1000 },
    { row: 'heard by all staff', of: 'missed', most: 0 },
    { row: "customers' own notices", of: 'missed', most: 0 },
  ],
  async run(bench) {
    const { count, warning } = possibleConnections(CUSTOMERS)
    if (warning !== null) bench.note(warning)
    const shop = await bench.startShop({ customers: count })
    const listeners = startRemote<ListenersFunctions>(bench, FILE)
    const orderer = startOrderer(bench)
    await offerOrders(orderer, shop, { ...OFFER, pace: WARM_UP_PACE })
    await shop.settled()
    bench.row({
      name: 'customers connected',
      unit: 'connections',
      samples: [await connectAll(bench, shop, listeners)],
    })
    const staff = Object.values(shop.staff).map(({ token }) => token)
    const first = await connect(listeners, shop, staff)
    const { done, heard } = await orderAndHear(bench, shop, { orderer, listeners })
    const isStaff = (listener: number) => listener >= first
    report(bench, 'heard by all staff', done, heard, { isOne: isStaff, howMany: staff.length })
    const isCustomer = (listener: number) => !isStaff(listener)
    report(bench, "customers' own notices", done, heard, { isOne: isCustomer, howMany: 1 })
    if (heard.lost > 0) bench.note(`${heard.lost} connections were lost meanwhile`)
  },
}

type Listeners = Remote<ListenersFunctions>

async function connectAll(bench: Bench, shop: Shop, listeners: Listeners): Promise<Sample> {
  const tokens = shop.customers.map(({ token }) => token)
  await connect(listeners, shop, tokens.slice(0, WARM_UP))
  await listeners.call('leave', null)
  await pause(CALM_MS)
  const before_mib = residentMib(shop.pid)
  const points = [{ t: 0, connections: 0, mib: before_mib }]
  const began = performance.now()
  for (let i = 0; i < tokens.length; i += STEP) {
    await connect(listeners, shop, tokens.slice(i, i + STEP))
    const t = (performance.now() - began) / 1000
    points.push({ t, connections: Math.min(i + STEP, tokens.length), mib: residentMib(shop.pid) })
  }
  const seconds = (performance.now() - began) / 1000
  await pause(CALM_MS)
  const after_mib = residentMib(shop.pid)
  bench.series('memory', points)
  const count = tokens.length
  const kib_each = ((after_mib - before_mib) * 1024) / count
  bench.say(`${count} connected: ${kib_each.toFixed(1)} KiB each`)
  return { count, seconds, rate: count / seconds, more: { kib_each, before_mib, after_mib } }
}

/** @returns the number of the first of them; the others follow */
async function connect(
  listeners: Listeners,
  { url }: Shop,
  tokens: readonly string[],
): Promise<number> {
  const { first, refused } = await listeners.call('connect', { url, tokens })
  if (refused > 0) throw new Error(`${refused} of ${tokens.length} could not connect`)
  return first
}

async function orderAndHear(
  bench: Bench,
  shop: Shop,
  { orderer, listeners }: { orderer: Orderer; listeners: Listeners },
): Promise<{ done: OrdersDone; heard: Heard }> {
  const pace = { perSecond: PER_SECOND, seconds: bench.seconds(10) }
  const { done, sample } = await offerOrders(orderer, shop, { ...OFFER, pace })
  bench.row({ name: 'orders meanwhile', unit: 'orders', samples: [sample] })
  bench.series(
    'orders',
    done.seconds.map((second) => ({ ...second })),
  )
  // Whatever is later than this is late by seconds.
  if ((await shop.settled(LATEST_SECONDS)) === null) bench.note('a backlog was left')
  await pause(1000)
  return { done, heard: await listeners.call('heard', null) }
}

function report(
  bench: Bench,
  name: string,
  done: OrdersDone,
  heard: Heard,
  mustHear: Parameters<typeof hearingOf>[2],
): void {
  const hearing = hearingOf(done, heard, mustHear)
  bench.row({ name, unit: 'orders', samples: [hearingSample(hearing, done)] })
}

function hearingSample({ waits, missed }: Hearing, done: OrdersDone): Sample {
  const seconds = Math.max(1, (done.answeredAt.at(-1) ?? 0) - done.began) / 1000
  const times = timesOf(waits)
  return {
    count: waits.length,
    seconds,
    rate: waits.length / seconds,
    ...times,
    more: { worst_ms: times.max_ms ?? Infinity, missed },
  }
}
