// Owns ordering at a given pace from a process of its own: customers come whether or not the shop keeps up.
import type { Account } from '../lib/scenario.ts'
import { answerCalls, monotonicMs } from './calls.ts'
import type { Answer } from './http-answer.ts'
import { createLine, type Line } from './http-line.ts'
import { comeBy, comesAt, createSeconds, type Pace, type Second } from './pace.ts'

export interface OrdersJob {
  readonly url: string
  readonly connections: number
  readonly pace: Pace
  readonly customers: readonly Account[]
  readonly products: number
  readonly lines: number
  /** A customer who finds no free connection for so long goes away; null: waits. */
  readonly patienceMs: number | null
}

export interface OrdersDone {
  readonly come: number
  /** By status; 0 for connections that broke. */
  readonly answers: Readonly<Record<number, number>>
  /** Answers 429 and 503 that don't say when to come again. */
  readonly withoutRetryAfter: number
  /** Customers who found no free connection. */
  readonly gone: number
  /** From when a customer came to the answer 201, in ms; in the order of the answers, as are the next two. */
  readonly latencies: Float64Array
  readonly orderIds: Float64Array
  /** On the machine's clock: `monotonicMs`. */
  readonly answeredAt: Float64Array
  readonly began: number
  readonly seconds: readonly Second[]
}

export type OrdersFunctions = {
  order(job: OrdersJob): Promise<OrdersDone>
}

const TICK_MS = 1

async function order(job: OrdersJob): Promise<OrdersDone> {
  const run = createRun(job)
  const { hostname, port } = new URL(job.url)
  const lines = Array.from({ length: job.connections }, () => createLine(hostname, Number(port)))
  run.idle.push(...lines)
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      run.pump()
      if (!run.isOver()) return
      clearInterval(timer)
      resolve()
    }, TICK_MS)
  })
  for (const line of lines) line.close()
  return run.result()
}

function createRun(job: OrdersJob) {
  const { pace, patienceMs } = job
  const patience = patienceMs ?? Infinity
  const all = comeBy(pace, Infinity)
  const idle: Line[] = []
  const seconds = createSeconds()
  const answers: Record<number, number> = {}
  const latencies: number[] = []
  const orderIds: number[] = []
  const answeredAt: number[] = []
  const began = monotonicMs()
  const requests = createRequests(job)
  let next = 0
  let counted = 0
  let underWay = 0
  let gone = 0
  let withoutRetryAfter = 0

  function onAnswer(answer: Answer | null, n: number): void {
    const now = monotonicMs()
    const status = answer?.status ?? 0
    answers[status] = (answers[status] ?? 0) + 1
    const refused = status === 429 || status === 503
    if (refused && answer?.retryAfter === null) withoutRetryAfter++
    if (status === 201) {
      latencies.push(now - began - comesAt(pace, n))
      orderIds.push(Number(/"order_id":(\d+)/.exec(answer?.body ?? '')?.[1] ?? 0))
      answeredAt.push(now)
    }
    seconds.add(status === 201 ? 'placed' : refused ? 'refused' : 'failed', now - began)
  }

  function pump(): void {
    const elapsed = monotonicMs() - began
    const come = comeBy(pace, elapsed)
    if (come > counted) seconds.add('come', elapsed, come - counted)
    counted = come
    for (; next < come && elapsed - comesAt(pace, next) > patience; next++) {
      gone++
      seconds.add('gone', elapsed)
    }
    while (next < come) {
      const line = idle.pop()
      if (!line) return
      const n = next++
      underWay++
      line.send(requests(n), (answer) => {
        underWay--
        idle.push(line)
        onAnswer(answer, n)
        // A broken connection mustn't call itself without end.
        if (answer) pump()
      })
    }
  }

  return {
    idle,
    pump,
    isOver: () => next === all && underWay === 0,
    result: (): OrdersDone => ({
      come: next,
      answers,
      withoutRetryAfter,
      gone,
      latencies: Float64Array.from(latencies),
      orderIds: Float64Array.from(orderIds),
      answeredAt: Float64Array.from(answeredAt),
      began,
      seconds: seconds.list(),
    }),
  }
}

function createRequests({ url, customers, products, lines }: OrdersJob): (n: number) => string {
  const { host } = new URL(url)
  const heads = customers.map(
    ({ token }) =>
      `POST /api/orders HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n` +
      'content-type: application/json\r\ncontent-length: ',
  )
  return (n) => {
    const turn = n % customers.length
    const chosen = new Set<number>()
    while (chosen.size < lines) chosen.add(1 + Math.floor(Math.random() * products))
    const items = [...chosen].map((product_id) => `{"product_id":${product_id},"quantity":1}`)
    const body = `{"user_id":${customers[turn]?.user_id ?? 0},"items":[${items.join(',')}]}`
    return `${heads[turn] ?? ''}${body.length}\r\n\r\n${body}`
  }
}

answerCalls({ order } satisfies OrdersFunctions)
