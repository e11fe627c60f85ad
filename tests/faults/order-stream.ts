// Owns a steady stream of orders: as many as people type, not as many as the machine can take.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { createRandom, type Random } from '../../src/demo/random.ts'
import { type Account, placeOrder, type Stage, until } from '../support/load.ts'
import type { Memory } from '../support/audit.ts'

export interface OrderStream {
  readonly memories: readonly Memory[]
  /** Answers of any kind so far. */
  answered(): number
  /** Resolves when so many more were answered: there is load, on a slow machine too. */
  more(answers: number): Promise<void>
  /** So many at once; resolves when all are answered. */
  burst(count: number): Promise<void>
  /** Requests under way are answered; none begins afterwards. */
  stop(): Promise<void>
}

const LONGEST_PAUSE_MS = 60

/** Whoever still buys when a test has failed. */
const open = new Set<OrderStream>()
afterAll(async () => {
  await Promise.all([...open].map((stream) => stream.stop()))
})

/** Each buyer orders, waits a moment, and orders again, at any of the servers. */
export function streamOrders(stage: Stage, seed: number, urls: readonly string[]): OrderStream {
  const memories: Memory[] = []
  let answers = 0
  let stopped = false

  async function buy(random: Random, buyer: Account): Promise<void> {
    const lines = Array.from({ length: random.int(1, 3) }, () => ({
      product_id: random.pick(stage.products),
      quantity: random.int(1, 3),
    }))
    const memory: Memory = { key: randomUUID(), buyer, lines, outcome: 'unknown' }
    memories.push(memory)
    memory.outcome = await placeOrder(random.pick(urls), buyer, lines, memory.key)
    answers++
  }

  async function buyAgainAndAgain(random: Random, buyer: Account): Promise<void> {
    while (!stopped) {
      await buy(random, buyer)
      await sleep(random.between(0, LONGEST_PAUSE_MS))
    }
  }

  const crowd = createRandom(seed)
  const buying = stage.buyers.map((buyer, i) => buyAgainAndAgain(createRandom(seed + 1 + i), buyer))
  const stream: OrderStream = {
    memories,
    answered: () => answers,
    async more(count) {
      const enough = answers + count
      await until('there is load', () => answers >= enough)
    },
    async burst(count) {
      const buyers = Array.from({ length: count }, () => crowd.pick(stage.buyers))
      await Promise.all(buyers.map((buyer) => buy(crowd, buyer)))
    },
    async stop() {
      stopped = true
      await Promise.all(buying)
      open.delete(stream)
    },
  }
  open.add(stream)
  return stream
}
