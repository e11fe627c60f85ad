// What happens as more and more customers come at once: does throughput hold, and how long do they wait? A shop with
// more to do than it can answers 503 with Retry-After, and fails nobody. There is no goal but that none fails.
import { possibleConnections } from '../load/file-limit.ts'
import { orders, products, warmUp } from '../lib/loads.ts'
import { placeFor } from '../lib/placing.ts'
import { alternate, type Goal, type Sample, type Scenario } from '../lib/scenario.ts'

const CONNECTIONS = [16, 64, 256, 1000] as const
const ordersRow = (connections: number) => `orders, ${connections} connections`
const readsRow = (connections: number) => `reads, ${connections} connections`
const GOALS: readonly Goal[] = CONNECTIONS.flatMap((connections) => [
  { row: ordersRow(connections), of: 'failed', most: 0 },
  { row: readsRow(connections), of: 'failed', most: 0 },
])

export const scenario: Scenario = {
  name: 'ramp',
  question: 'What becomes of throughput and waiting with 16 to 1,000 connections?',
  goals: GOALS,
  async run(bench) {
    const shop = await bench.startShop()
    const seconds = bench.seconds(5)
    await warmUp(bench, shop, orders(shop, 16, 1))
    await warmUp(bench, shop, products(shop, 16, 1))
    const { warning } = possibleConnections(Math.max(...CONNECTIONS))
    if (warning !== null) bench.note(warning)
    const turns: Record<string, () => Promise<Sample>> = {}
    for (const connections of CONNECTIONS) {
      turns[ordersRow(connections)] = async () => {
        await shop.settled()
        return placeFor(bench, shop, connections, seconds)
      }
      turns[readsRow(connections)] = async () => {
        await shop.settled()
        return bench.drive(shop, products(shop, connections, seconds))
      }
    }
    const samples = await alternate(bench.repetitions(2), turns)
    for (const rowOf of [ordersRow, readsRow]) {
      const unit = rowOf === ordersRow ? 'orders' : 'reads'
      for (const connections of CONNECTIONS) {
        const name = rowOf(connections)
        bench.row({ name, unit, samples: samples[name] ?? [] })
      }
    }
  },
}
