// Owns a small day of business, again and again: everything a panel of Grafana's shows happens in it.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Account } from '../../bench/lib/scenario.ts'

export interface Business {
  /** Nobody comes any more. @throws what went wrong meanwhile @returns how many requests there were */
  stop(): Promise<number>
}

type Send = (
  account: Account | null,
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; body: unknown }>

/** About 60 requests a second on this machine. */
const ROUND_MS = 100

export function openBusiness(url: string, owner: Account, customers: readonly Account[]): Business {
  let requests = 0
  const stopping = new AbortController()
  const send: Send = async (account, method, path, body) => {
    requests++
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(account && { authorization: `Bearer ${account.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && account && { 'idempotency-key': randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
  const running = Promise.all([
    listen(url, owner, stopping.signal),
    makeSoldOut(send, owner).then((soldOut) =>
      repeat(stopping.signal, (n) => day(send, owner, customers, soldOut, n)),
    ),
  ])
  // Whoever stops it hears of it.
  running.catch(() => undefined)
  return {
    async stop() {
      stopping.abort()
      await running
      return requests
    },
  }
}

async function repeat(signal: AbortSignal, work: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    await work(n)
    await pause(ROUND_MS)
  }
}

/** Somebody has a page open. */
async function listen(url: string, { token }: Account, signal: AbortSignal): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  try {
    const response = await fetch(`${url}/api/notifications/stream`, { headers, signal })
    for await (const piece of response.body ?? []) if (!piece) return
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function makeSoldOut(send: Send, owner: Account): Promise<number> {
  const product = { sku: 'SOLD-OUT', product_name: '售罄', name_en: 'Sold out', price_cents: 100 }
  const { status, body } = await send(owner, 'POST', '/api/inventory', product)
  must(status, 201, 'a new product')
  return (body as { item: { product_id: number } }).item.product_id
}

async function day(
  send: Send,
  owner: Account,
  customers: readonly Account[],
  soldOut: number,
  n: number,
): Promise<void> {
  const customer = customers[n % customers.length] ?? owner
  await send(null, 'GET', '/api/inventory?limit=20')
  await send(null, 'GET', `/api/inventory/${1 + (n % 50)}`)
  const placed = await order(send, customer, 51)
  const { order_id } = placed.body as { order_id: number }
  must(placed.status, 201, 'an order')
  must((await order(send, customer, soldOut)).status, 409, 'an order of what is sold out')
  const change = (what: string, body?: unknown) =>
    send(owner, 'PUT', `/api/orders/${order_id}/${what}`, body)
  must((await change('payment')).status, 200, 'a payment')
  const next =
    n % 2 === 0
      ? change('shipment', { carrier: 'SF', tracking_number: `T${n}` })
      : change('cancellation', { reason: 'changed my mind' })
  // The one that confirms it may not have come to it yet.
  must((await next).status, [200, 409], 'what follows')
  const receipt = { kind: 'receipt', quantity: 5 }
  must(
    (await send(owner, 'POST', `/api/inventory/${1 + (n % 50)}/movements`, receipt)).status,
    201,
    'a receipt',
  )
  if (n % 10 === 0)
    await send(null, 'POST', '/api/login', { username: 'nobody', password: 'wrong-password' })
}

function order(send: Send, { user_id, ...rest }: Account, product_id: number) {
  const items = [{ product_id, quantity: 1 }]
  return send({ user_id, ...rest }, 'POST', '/api/orders', { user_id, items })
}

function must(status: number, right: number | readonly number[], what: string): void {
  if (![right].flat().includes(status)) throw new Error(`${what} was answered with ${status}`)
}
