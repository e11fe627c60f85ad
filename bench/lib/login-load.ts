// Owns offering log-ins at a steady pace: people come whether or not the shop keeps up (an open loop).
import { createLine, type Line } from '../load/http-line.ts'
import { comeBy, comesAt, type Pace } from '../load/pace.ts'
import type { Sample, Shop } from './scenario.ts'
import { quantile } from './statistics.ts'

export interface Offer extends Pace {
  /** `u1` to `u<n>`, whose passwords the shop was seeded with. */
  readonly accounts: number
}

/** More than the shop lets wait. Whoever comes when none is free goes away, and counts as failed. */
const LINES = 512
const TICK_MS = 5

/** Counts those who were let in; latencies are from when they came to their answer, of those let in. */
export async function offerLogins(shop: Shop, offer: Offer): Promise<Sample> {
  const { hostname, port } = new URL(shop.url)
  const lines = Array.from({ length: LINES }, () => createLine(hostname, Number(port)))
  const idle: Line[] = [...lines]
  const waits: number[] = []
  let [refused, failed, come, under] = [0, 0, 0, 0]
  const begin = performance.now()

  const logIn = (line: Line, n: number) => {
    under++
    line.send(loginRequest(shop, 1 + (n % offer.accounts)), (answer) => {
      under--
      idle.push(line)
      if (answer?.status === 200) waits.push(performance.now() - begin - comesAt(offer, n))
      else if (answer?.status === 429) refused++
      else failed++
    })
  }

  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - begin
      for (const due = comeBy(offer, elapsed); come < due; come++) {
        const line = idle.pop()
        if (line) logIn(line, come)
        else failed++
      }
      if (elapsed < offer.seconds * 1000 || under > 0) return
      clearInterval(timer)
      resolve()
    }, TICK_MS)
  })
  const seconds = (performance.now() - begin) / 1000
  for (const line of lines) line.close()
  return sampleOf({ waits, refused, failed, come, seconds })
}

interface Counts {
  readonly waits: readonly number[]
  readonly refused: number
  readonly failed: number
  readonly come: number
  readonly seconds: number
}

function sampleOf({ waits, refused, failed, come, seconds }: Counts): Sample {
  const of = (share: number) => quantile(waits, share) ?? 0
  return {
    count: waits.length,
    seconds,
    rate: waits.length / seconds,
    ...(waits.length > 0 && { p50_ms: of(0.5), p95_ms: of(0.95), p99_ms: of(0.99) }),
    refused,
    failed,
    more: { offered_per_s: come / seconds },
  }
}

function loginRequest(shop: Shop, account: number): string {
  const body = JSON.stringify({ username: `u${account}`, password: `Passw0rd!u${account}` })
  return [
    'POST /api/login HTTP/1.1',
    `Host: ${new URL(shop.url).host}`,
    'User-Agent: bench',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
