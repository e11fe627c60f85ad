// Owns what must hold behind each proxy: built files, headers, redirection, live notifications at once.
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from '../../bench/lib/scenario.ts'
import type { Finding } from '../verify-deploy/check.ts'
import { root } from '../verify-deploy/tools.ts'
import { type Answer, type Ask, listen, openClient } from './client.ts'
import type { Proxy } from './proxies.ts'
import type { Stage } from './stage.ts'
import { until } from './stage.ts'

const DIST = join(root, 'web/dist')
const SECURITY = [
  'content-security-policy',
  'x-content-type-options',
  'referrer-policy',
  'x-frame-options',
  'cross-origin-opener-policy',
  'strict-transport-security',
]
const UNPACK = { gzip: gunzipSync, br: brotliDecompressSync } as const
type Coding = keyof typeof UNPACK

/** @param codings in which the proxy can send what the build has compressed */
export async function checkFiles(proxy: Proxy, codings: readonly Coding[]): Promise<Finding> {
  const { ask, close } = openClient(proxy.port)
  const problems: string[] = []
  let count = 0
  let [plain, packed] = [0, 0]
  for (const name of readdirSync(join(DIST, 'assets')).filter((it) => /\.(?:js|css)$/.test(it))) {
    const file = readFileSync(join(DIST, 'assets', name))
    for (const coding of codings) {
      const answer = await ask(`/assets/${name}`, { headers: { 'accept-encoding': coding } })
      problems.push(...problemsOfAsset(name, file, coding, answer))
      plain += file.length
      packed += answer.body.length
      count++
    }
  }
  problems.push(...(await problemsOfPages(ask)))
  problems.push(...(await problemsOfPlain(proxy)))
  if (!(await speaksHttp2(proxy.port))) problems.push('no HTTP/2')
  close()
  const share = `${((packed / plain) * 100).toFixed(0)} % of their size`
  const of = `answers with built files, compressed to ${share}, kept for a year; pages, redirection, HTTP/2`
  return { count, of, by: proxy.name, problems }
}

function problemsOfAsset(name: string, file: Buffer, coding: Coding, answer: Answer): string[] {
  const problems: string[] = []
  const say = (what: string) => problems.push(`${name}, ${coding}: ${what}`)
  const { status, headers, body } = answer
  if (status !== 200) return [`${name}, ${coding}: ${status}`]
  const small = file.length < 1024 && headers['content-encoding'] === undefined
  if (!small && headers['content-encoding'] !== coding) say('not compressed')
  else if (!(small ? body : UNPACK[coding](body)).equals(file)) say('other bytes')
  if (!/javascript|css/.test(headers['content-type'] ?? '')) say(`is ${headers['content-type']}`)
  if (headers['cache-control'] !== 'public, max-age=31536000, immutable')
    say(`cached: ${headers['cache-control']}`)
  if (!small && !/accept-encoding/i.test(headers.vary ?? '')) say('no Vary')
  return [...problems, ...missingHeaders(name, answer)]
}

function missingHeaders(what: string, { headers }: Answer): string[] {
  return SECURITY.flatMap((name) => {
    const value = headers[name]
    if (value === undefined) return [`${what}: no ${name}`]
    // Sent by the proxy and the program both, some browsers take neither.
    const twice = new Set(String(value).split(', ')).size < String(value).split(', ').length
    return twice ? [`${what}: ${name} is there twice`] : []
  })
}

async function problemsOfPages(ask: Ask): Promise<string[]> {
  const problems: string[] = []
  const expected: Readonly<Record<string, number>> = {
    '/': 200,
    '/orders/12': 200,
    '/icon.svg': 200,
    '/assets/gone.js': 404,
    '/gone.png': 404,
    '/.env': 404,
    '/metrics': 404,
    '/readyz': 200,
    '/api/inventory?limit=100': 200,
    '/api/me': 401,
  }
  for (const [path, status] of Object.entries(expected)) {
    const answer = await ask(path, { headers: { 'accept-encoding': 'gzip' } })
    if (answer.status !== status && !(path === '/.env' && answer.status === 403))
      problems.push(`${path}: ${answer.status} instead of ${status}`)
    if (status === 200 && path !== '/readyz') {
      problems.push(...missingHeaders(path, answer))
      if (answer.headers['content-encoding'] !== 'gzip') problems.push(`${path}: not compressed`)
    }
    if (['/', '/orders/12'].includes(path) && answer.headers['cache-control'] !== 'no-cache')
      problems.push(`${path}: cached: ${answer.headers['cache-control']}`)
  }
  return problems
}

/** Whoever comes without TLS is sent to it; the certificate's renewal is not. */
async function problemsOfPlain({ plainPort }: Proxy): Promise<string[]> {
  const plain = (path: string) =>
    fetch(`http://127.0.0.1:${plainPort}${path}`, { redirect: 'manual' })
  const redirected = await plain('/orders/12?x=1')
  const to = redirected.headers.get('location') ?? ''
  const challenge = await plain('/.well-known/acme-challenge/token')
  return [
    ...(redirected.status === 301 && /^https:\/\/.*\/orders\/12\?x=1$/.test(to)
      ? []
      : [`without TLS: ${redirected.status} ${to}`]),
    ...((await challenge.text()) === 'proof' ? [] : ['the renewal of the certificate is refused']),
  ]
}

function speaksHttp2(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false })
    session.on('error', () => resolve(false))
    const stream = session.request({ ':path': '/', ':authority': 'shop.example.com' })
    stream.on('response', (headers) => {
      resolve(headers[':status'] === 200)
      session.destroy()
    })
    stream.on('error', () => undefined)
    stream.end()
  })
}

/** A line of Server-Sent Events fills no buffer: one that a proxy holds back comes when the next ones do, or never. */
const SOON_MS = 3000
const ROUNDS = 5

export async function checkLive(proxy: Proxy, stage: Stage): Promise<Finding> {
  const { ask, close } = openClient(proxy.port)
  const customer = stage.customers[0] as Account
  const listener = await listen(proxy.port, customer.token)
  const waits: number[] = []
  const problems: string[] = []
  for (let n = 0; n < ROUNDS && listener.refusals.length === 0; n++) {
    const { status, body } = await ask('/api/orders', {
      method: 'POST',
      headers: { authorization: `Bearer ${customer.token}` },
      body: { user_id: customer.user_id, items: [{ product_id: 1, quantity: 1 }] },
    })
    if (status !== 201) problems.push(`an order: ${status} ${body.toString()}`)
    const answered = performance.now()
    const { order_id } = JSON.parse(body.toString()) as { order_id: number }
    const ofIt = () => listener.heard.find((event) => event.order_id === order_id)
    await until('a notification came', () => ofIt() !== undefined, 20).catch(() => undefined)
    waits.push(Math.max(0, (ofIt()?.at ?? Infinity) - answered))
    await sleep(200)
  }
  listener.close()
  close()
  const longest = Math.max(0, ...waits)
  if (longest > SOON_MS) problems.push(`one came after ${longest.toFixed(0)} ms: held back`)
  problems.push(...listener.refusals)
  const of = `live notifications, each at once: ${longest.toFixed(0)} ms after the order's answer at most`
  return { count: waits.length, of, by: proxy.name, problems }
}
