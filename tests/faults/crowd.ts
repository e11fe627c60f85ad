// Owns a crowd that buys through several processes: whoever gets no answer asks another one, with the same key.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '../../src/demo/random.ts'
import type { Account, Line, Reply, ReplyBody, Stage } from '../support/load.ts'
import type { Attempt } from './race.ts'

export interface CrowdOptions {
  readonly urls: readonly string[]
  readonly seed: number
  /** Each request is sent up to so many times at once, to different processes, with one idempotency key. */
  readonly copies: number
}

export interface Crowd {
  /** One for each key. */
  readonly attempts: readonly (Attempt & { readonly key: string })[]
  /** How often somebody was told to come later, or heard nothing. */
  readonly retries: { later: number; unknown: number }
  /** Everything that nobody should ever be answered. */
  readonly odd: string[]
  /** Answers so far. */
  answered(): number
  /** Resolves when each buyer has seen that nothing is left. */
  readonly done: Promise<void>
}

/** A machine that is busy may say so for a while; longer than this is wrong. */
const PATIENCE_MS = 60_000
const PAUSE_MS = 100

/** All buyers order at once, 1 to 3 products at a time, until nothing is left. */
export function startCrowd(stage: Stage, options: CrowdOptions): Crowd {
  const attempts: (Attempt & { readonly key: string })[] = []
  const retries = { later: 0, unknown: 0 }
  const odd: string[] = []
  let answers = 0

  /** Until there is a word on the order itself. */
  async function ask(random: Random, key: string, buyer: Account, lines: readonly Line[]) {
    const deadline = performance.now() + PATIENCE_MS
    for (;;) {
      const outcome = await post(random.pick(options.urls), key, buyer, lines)
      if (outcome === 'unknown') retries.unknown++
      else {
        answers++
        const { status, body, retryAfter } = outcome
        const code = body.error?.code ?? ''
        const later = status === 503 || code === 'IDEMPOTENCY_IN_PROGRESS'
        if (status === 503 && !(retryAfter > 0)) odd.push('503 without Retry-After')
        if (!later && status !== 201 && status !== 409) odd.push(`${status} ${code}`)
        if (!later) return { status, body }
        retries.later++
      }
      if (performance.now() > deadline) return outcome
      await sleep(PAUSE_MS * random.between(1, 5))
    }
  }

  async function buyEverything(random: Random, buyer: Account): Promise<void> {
    const left = new Set(stage.products)
    while (left.size > 0) {
      const lines = Array.from({ length: random.int(1, 3) }, () => ({
        product_id: random.pick([...left]),
        quantity: 1,
      }))
      const key = randomUUID()
      const copies = Array.from({ length: random.int(1, options.copies) }, () =>
        ask(random, key, buyer, lines),
      )
      const outcomes = await Promise.all(copies)
      attempts.push({ key, buyer, lines, outcomes })
      const soldOut = outcomes.flatMap(soldOutOf)
      for (const product_id of soldOut) left.delete(product_id)
      if (!outcomes.every(isWord)) return
    }
  }

  const done = Promise.all(
    stage.buyers.map((buyer, i) => buyEverything(createRandom(options.seed + i), buyer)),
  ).then(() => {})
  return { attempts, retries, odd, answered: () => answers, done }
}

function isWord(outcome: Attempt['outcomes'][number]): boolean {
  return outcome !== 'unknown' && (outcome.status === 201 || outcome.status === 409)
}

function soldOutOf(outcome: Attempt['outcomes'][number]): number[] {
  if (outcome === 'unknown' || outcome.body.error?.code !== 'OUT_OF_STOCK') return []
  const short = outcome.body.error.details as { product_id: number; available: number }[]
  return short.filter(({ available }) => available === 0).map(({ product_id }) => product_id)
}

async function post(
  url: string,
  key: string,
  buyer: Account,
  items: readonly Line[],
): Promise<(Reply & { readonly retryAfter: number }) | 'unknown'> {
  try {
    const response = await fetch(`${url}/api/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${buyer.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ user_id: buyer.user_id, items }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const body = (await response.json()) as ReplyBody
    return {
      status: response.status,
      body,
      retryAfter: Number(response.headers.get('retry-after')),
    }
  } catch {
    return 'unknown'
  }
}
