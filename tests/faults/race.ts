// Owns a race of many buyers for the last units, and the verdict on it: nothing oversold, nothing left, nothing odd.
import { randomUUID } from 'node:crypto'
import { createRandom } from '../../src/demo/random.ts'
import { type Account, type Line, type Outcome, placeOrder, type Stage } from '../support/load.ts'

export interface RaceOptions {
  /** The buyers take turns at these servers, with every request. */
  readonly urls: readonly string[]
  readonly seed: number
  /** Each request is sent up to so many times at once, with one idempotency key. */
  readonly copies: number
}

/** One wish of a buyer, with the answers to all its copies. */
export interface Attempt {
  readonly buyer: Account
  readonly lines: readonly Line[]
  readonly outcomes: readonly Outcome[]
}

/** All buyers order at once, 1 to 3 products at a time, until each has seen that nothing is left. */
export async function race(stage: Stage, options: RaceOptions): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  await Promise.all(
    stage.buyers.map((buyer, i) =>
      buyEverything(buyer, options.seed + i, stage, options, attempts),
    ),
  )
  return attempts
}

async function buyEverything(
  buyer: Account,
  seed: number,
  stage: Stage,
  { urls, copies }: RaceOptions,
  attempts: Attempt[],
): Promise<void> {
  const random = createRandom(seed)
  const left = new Set(stage.products)
  while (left.size > 0) {
    const lines = wish(random, left)
    const key = copies > 1 ? randomUUID() : undefined
    const outcomes = await Promise.all(
      Array.from({ length: random.int(1, copies) }, () =>
        placeOrder(random.pick(urls), buyer, lines, key),
      ),
    )
    attempts.push({ buyer, lines, outcomes })
    const soldOut = outcomes.flatMap(shortagesOf).filter(({ available }) => available === 0)
    for (const { product_id } of soldOut) left.delete(product_id)
    // Whatever is odd is in the verdict; trying it again for ever would only hide it.
    if (!outcomes.every((outcome) => statusOf(outcome) === 201 || statusOf(outcome) === 409)) return
  }
}

/** One unit of up to three products. The same one may stand there twice. */
function wish(random: ReturnType<typeof createRandom>, left: ReadonlySet<number>): Line[] {
  return Array.from({ length: random.int(1, 3) }, () => ({
    product_id: random.pick([...left]),
    quantity: 1,
  }))
}

function shortagesOf(outcome: Outcome): { product_id: number; available: number }[] {
  if (outcome === 'unknown' || outcome.status !== 409) return []
  return outcome.body.error?.details as { product_id: number; available: number }[]
}

/** Everything that is wrong with a race; empty when it went as promised. */
export function verdict(stage: Stage, onHand: readonly number[], attempts: Attempt[]): string[] {
  const wrong: string[] = []
  const statuses = attempts.flatMap(({ outcomes }) => outcomes.map(statusOf))
  for (const status of new Set(statuses)) {
    if (status !== 201 && status !== 409) wrong.push(`somebody was answered ${status}`)
  }
  const sold = new Map(stage.products.map((product_id) => [product_id, 0]))
  const orderIds = new Set<number>()
  for (const { lines, outcomes } of attempts) {
    const answers = new Set(outcomes.map(answerOf))
    if (answers.size > 1) wrong.push(`one key, several answers: ${[...answers].join(' and ')}`)
    const placed = outcomes.find((outcome) => outcome !== 'unknown' && outcome.status === 201)
    if (!placed || placed === 'unknown') continue
    const order_id = placed.body.order_id ?? 0
    if (orderIds.has(order_id)) wrong.push(`order ${order_id} was given out twice`)
    orderIds.add(order_id)
    for (const { product_id, quantity } of lines) {
      sold.set(product_id, (sold.get(product_id) ?? 0) + quantity)
    }
  }
  for (const [i, product_id] of stage.products.entries()) {
    const units = sold.get(product_id) ?? 0
    if (units !== onHand[i]) wrong.push(`product ${product_id}: sold ${units} of ${onHand[i]}`)
  }
  return wrong
}

/** How many orders were acknowledged, whatever number of answers told of them. */
export function ordersOf(attempts: readonly Attempt[]): number {
  const placed = attempts.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => (outcome === 'unknown' ? [] : (outcome.body.order_id ?? []))),
  )
  return new Set(placed).size
}

function statusOf(outcome: Outcome): number | 'unknown' {
  return outcome === 'unknown' ? outcome : outcome.status
}

/** Refusals are judged again each time: only success must be word for word the same. */
function answerOf(outcome: Outcome): string {
  if (outcome === 'unknown' || outcome.status !== 201) return String(statusOf(outcome))
  return JSON.stringify(outcome)
}
