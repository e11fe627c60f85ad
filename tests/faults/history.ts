// Owns what clients remember of their orders through crashes, and the audit of it against what the shop has.
import { randomUUID } from 'node:crypto'
import { createRandom, type Random } from '../../src/demo/random.ts'
import type { Reader } from '../../src/platform/db/store.ts'
import {
  type Account,
  type Line,
  type Outcome,
  placeOrder,
  type Stage,
  until,
} from '../support/load.ts'
import { openFolder } from '../support/open-folder.ts'

/** One order as its client knows it. */
export interface Memory {
  readonly key: string
  readonly buyer: Account
  readonly lines: readonly Line[]
  /** The last thing it was told; `unknown` when the line broke before the answer. */
  outcome: Outcome
}

export interface Clients {
  readonly memories: Memory[]
  /** Answers of any kind so far. */
  answered(): number
  /** Lets requests under way end; none begins afterwards. */
  stop(): Promise<void>
}

/** Buyers that order all the time, each order with its own key, one at a time, at the server there is. */
export function startClients(stage: Stage, seed: number, urlOf: () => string): Clients {
  const memories: Memory[] = []
  let answers = 0
  let stopped = false

  async function buy(buyer: Account, random: Random): Promise<void> {
    while (!stopped) {
      const memory: Memory = {
        key: randomUUID(),
        buyer,
        lines: someLines(stage, random),
        outcome: 'unknown',
      }
      memories.push(memory)
      await ask(memory)
      // Half of the people ask again when the shop is back; of the other orders nothing is known for long.
      while (memory.outcome === 'unknown' && !stopped && random.chance(0.5)) await ask(memory)
    }
  }

  async function ask(memory: Memory): Promise<void> {
    const url = urlOf()
    memory.outcome = await placeOrder(url, memory.buyer, memory.lines, memory.key)
    if (memory.outcome !== 'unknown') answers++
    else await until('the shop is back', () => stopped || urlOf() !== url)
  }

  const buying = stage.buyers.map((buyer, i) => buy(buyer, createRandom(seed + i)))
  return {
    memories,
    answered: () => answers,
    async stop() {
      stopped = true
      await Promise.all(buying)
    },
  }
}

function someLines(stage: Stage, random: Random): Line[] {
  return Array.from({ length: random.int(1, 3) }, () => ({
    product_id: random.pick(stage.products),
    quantity: random.int(1, 3),
  }))
}

/** Asks again, with the same key, for every order of which nothing is known. */
export async function resolveUnknown(url: string, memories: readonly Memory[]): Promise<number> {
  const unknown = memories.filter(({ outcome }) => outcome === 'unknown')
  for (const memory of unknown) {
    memory.outcome = await placeOrder(url, memory.buyer, memory.lines, memory.key)
  }
  return unknown.length
}

/** Everything in which the shop's orders differ from what its clients were told; empty when they agree. */
export async function audit(dataDir: string, memories: readonly Memory[]): Promise<string[]> {
  const store = await openFolder(dataDir, { readOnly: true })
  const { db } = store
  const wrong: string[] = []
  const stored = new Map((await ordersWithUnits(db)).map((order) => [order.order_id, order]))
  const told = new Set<number>()
  for (const { outcome, buyer, lines } of memories) {
    if (outcome === 'unknown') wrong.push('an order is still unknown')
    else if (outcome.status === 201) {
      const id = outcome.body.order_id ?? 0
      if (told.has(id)) wrong.push(`order ${id} was acknowledged to two`)
      told.add(id)
      const order = stored.get(id)
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      if (!order) wrong.push(`order ${id} was acknowledged and is lost`)
      else if (order.user_id !== buyer.user_id || Number(order.units) !== units) {
        wrong.push(`order ${id} is not the one that was placed`)
      }
    } else if (outcome.status !== 409) wrong.push(`somebody was answered ${outcome.status}`)
  }
  for (const id of stored.keys()) {
    if (!told.has(id)) wrong.push(`order ${id} is there, and nobody was told`)
  }
  wrong.push(...(await auditEvents(db, stored.size)))
  await store.close()
  return wrong
}

function ordersWithUnits(db: Reader) {
  return db
    .selectFrom('orders')
    .innerJoin('order_items', 'order_items.order_id', 'orders.order_id')
    .select((eb) => ['orders.order_id', 'user_id', eb.fn.sum<number>('quantity').as('units')])
    .groupBy('orders.order_id')
    .execute()
}

/** Each order has its event, each event its effects once: confirmed, and one word to the owner. */
async function auditEvents(db: Reader, orders: number): Promise<string[]> {
  const wrong: string[] = []
  const events = await db
    .selectFrom('outbox')
    .select(['event_id', 'type', 'event_key'])
    .where('type', 'in', ['order.placed', 'order.confirmed'])
    .execute()
  for (const type of ['order.placed', 'order.confirmed']) {
    const keys = events.filter((event) => event.type === type).map(({ event_key }) => event_key)
    if (keys.length !== orders || new Set(keys).size !== orders) {
      wrong.push(`${orders} orders, ${keys.length} events ${type} of ${new Set(keys).size} orders`)
    }
  }
  const words = await db
    .selectFrom('notifications')
    .select(['user_id', 'notification_id', 'event_id', 'kind'])
    .orderBy('user_id')
    .orderBy('notification_id')
    .execute()
  const placed = words.filter(({ kind }) => kind === 'order.placed').length
  if (placed !== orders) wrong.push(`${orders} orders, the owner heard of ${placed}`)
  if (new Set(words.map(({ user_id, event_id }) => `${user_id} ${event_id}`)).size < words.length) {
    wrong.push('somebody was told the same twice')
  }
  const numbers = Map.groupBy(words, ({ user_id }) => user_id)
  for (const [user_id, own] of numbers) {
    if (own.some(({ notification_id }, i) => notification_id !== i + 1)) {
      wrong.push(`the notifications of user ${user_id} have a gap`)
    }
  }
  return wrong
}
