// Owns clients that order all the time, and remember what they were told.
import { randomUUID } from 'node:crypto'
import { createRandom, type Random } from '../../src/demo/random.ts'
import type { Memory } from '../support/audit.ts'
import { type Account, type Line, placeOrder, type Stage, until } from '../support/load.ts'

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
