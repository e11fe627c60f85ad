// Owns the verdict on a race of many buyers for the last units: nothing oversold, nothing left, nothing odd.
import { type Account, type Line, type Outcome, type Stage } from '../support/load.ts'

/** One wish of a buyer, with the answers to all its copies. */
export interface Attempt {
  readonly buyer: Account
  readonly lines: readonly Line[]
  readonly outcomes: readonly Outcome[]
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

function statusOf(outcome: Outcome): number | 'unknown' {
  return outcome === 'unknown' ? outcome : outcome.status
}

/** Refusals are judged again each time: only success must be word for word the same. */
function answerOf(outcome: Outcome): string {
  if (outcome === 'unknown' || outcome.status !== 201) return String(statusOf(outcome))
  return JSON.stringify(outcome)
}
