// How many orders does the shop take from 64 customers who never pause, and how long does each of them wait?
// Goal: at least 12,000 orders/s of 3 lines, durable before the answer, p99 at most 20 ms.
import { measureOrders } from '../lib/placing.ts'
import type { Goal, Scenario } from '../lib/scenario.ts'

const GOALS: readonly Goal[] = [
  { row: '64 connections', of: 'rate', least: 12_000 },
  { row: '64 connections', of: 'p99_ms', most: 20 },
]

export const scenario: Scenario = {
  name: 'orders',
  question: 'How many orders of 3 lines does the shop take from 64 connections?',
  goals: GOALS,
  run: (bench) => measureOrders(bench, '64 connections', 64, { seconds: 6, repetitions: 5 }),
}
