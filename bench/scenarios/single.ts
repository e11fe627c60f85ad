// How long does a customer wait who has the shop to themselves? Group commit must not wait for company.
// Goal: p50 at most 1 ms over one connection.
import { measureOrders } from '../lib/placing.ts'
import type { Goal, Scenario } from '../lib/scenario.ts'

const GOALS: readonly Goal[] = [{ row: '1 connection', of: 'p50_ms', most: 1 }]

export const scenario: Scenario = {
  name: 'single',
  question: 'How long does an order take when nobody else orders?',
  goals: GOALS,
  run: (bench) => measureOrders(bench, '1 connection', 1, { seconds: 5, repetitions: 5 }),
}
