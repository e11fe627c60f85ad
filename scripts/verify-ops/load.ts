// Owns a bounded load of visitors who don't wait for one another, and never ask twice.
import { randomUUID } from 'node:crypto'
import type { Account } from '../../bench/lib/scenario.ts'
import type { Ask } from './client.ts'

export interface Load {
  /** Answers so far. */
  readonly answered: () => number
  /** Orders that were answered with success, by id. */
  readonly orders: ReadonlySet<number>
  /** Everything that wasn't a success, each with the second in which it happened. */
  readonly failures: readonly string[]
  /** Milliseconds that each answer took. */
  readonly times: readonly number[]
  /** Nobody comes any more; resolves when all are answered. @returns how many came each second */
  stop(): Promise<number>
}

/** The proxy takes no more than 50 requests a second from one address. */
const ADDRESSES = 12
const TICK_MS = 10
const PATHS = [
  '/api/inventory?limit=20',
  '/api/inventory/7',
  '/api/me',
  '/api/orders?limit=5',
  '/healthz',
  '/',
]

/** Every third visitor orders, with an Idempotency-Key, as the pages do. */
export function startLoad(ask: Ask, customers: readonly Account[], perSecond: number): Load {
  const orders = new Set<number>()
  const failures: string[] = []
  const times: number[] = []
  const under = new Set<Promise<void>>()
  const begun = performance.now()
  let come = 0

  async function visit(n: number): Promise<void> {
    const account = customers[n % customers.length]
    if (!account) return
    const from = 2 + (n % ADDRESSES)
    const authorization = `Bearer ${account.token}`
    const sent = performance.now()
    const isOrder = n % 3 === 0
    const path = isOrder ? '/api/orders' : (PATHS[n % PATHS.length] ?? '/')
    try {
      const { status, body } = await (isOrder
        ? ask(path, {
            method: 'POST',
            from,
            headers: { authorization, 'idempotency-key': randomUUID() },
            body: { user_id: account.user_id, items: itemsOf(n) },
          })
        : ask(path, { from, headers: { authorization } }))
      times.push(performance.now() - sent)
      if (status !== (isOrder ? 201 : 200)) fail(`${status} ${body.toString().slice(0, 200)}`)
      else if (isOrder) orders.add((JSON.parse(body.toString()) as { order_id: number }).order_id)
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error))
    }
    function fail(what: string) {
      const second = ((performance.now() - begun) / 1000).toFixed(2)
      failures.push(`${second} s: ${isOrder ? 'POST' : 'GET'} ${path}: ${what}`)
    }
  }

  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond)
    for (; come < due; come++) {
      const visiting = visit(come)
      under.add(visiting)
      void visiting.then(() => under.delete(visiting))
    }
  }, TICK_MS)
  return {
    answered: () => times.length,
    orders,
    failures,
    times,
    async stop() {
      clearInterval(timer)
      const seconds = (performance.now() - begun) / 1000
      await Promise.all(under)
      return come / seconds
    },
  }
}

function itemsOf(n: number) {
  return [
    { product_id: 1 + (n % 40), quantity: 1 },
    { product_id: 41 + (n % 50), quantity: 2 },
  ]
}

/** The time that `share` of them took at most. */
export function quantileOf(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
