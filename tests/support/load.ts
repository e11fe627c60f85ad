// Owns a shop under load: filled in its folder before a server opens it, and the clients that talk to it.
import { randomInt } from 'node:crypto'
import { openCore } from '../../src/app.ts'
import type { Role } from '../../src/lib/roles.ts'
import { readConfig } from '../../src/platform/config.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { createLog } from '../../src/platform/logging.ts'

export interface Account {
  readonly user_id: number
  readonly token: string
}

/** The owner and buyers are logged in already: hashing two hundred passwords would be the load. */
export interface Stage {
  readonly dataDir: string
  readonly owner: Account
  readonly buyers: readonly Account[]
  /** One for each number in `onHand`. */
  readonly products: readonly number[]
}

export interface Line {
  readonly product_id: number
  readonly quantity: number
}

export interface Reply {
  readonly status: number
  readonly body: ReplyBody
}

/** The parts of answers that load tests look at. */
export interface ReplyBody {
  readonly order_id?: number
  readonly total_cents?: number
  readonly error?: { readonly code: string; readonly details?: unknown }
}

/** What a client knows when the line broke: nothing. The order may be placed or not. */
export type Outcome = Reply | 'unknown'

/** A client gives up on an answer after this; generous, because the machine may have a lot else to do. */
const PATIENCE_MS = 60_000

/** How many customers there are, and how much of each product. */
export interface Goods {
  readonly buyers: number
  readonly onHand: readonly number[]
}

/**
 * Makes an owner, buyers and products in the folder's shop, or the one that the settings choose; every product costs
 * 1 yuan, and nothing waits.
 */
export async function makeStage(
  dataDir: string,
  { buyers, onHand }: Goods,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const config = readConfig({ PETSHOP_DATA_DIR: dataDir, ...settings })
  const app = await openCore({ config, log: createLog('silent') })
  const now = app.core.clock.now()
  const people = [person('owner', 'owner')]
  for (let i = 1; i <= buyers; i++) people.push(person(`buyer${i}`, 'customer'))
  const ids = await app.users.createUsersBulk(people, now)
  const accounts: Account[] = await app.core.store.transaction(async (trx) => {
    const list: Account[] = []
    for (const [i, { role }] of people.entries()) {
      const user = { user_id: ids[i]!, role }
      const cause = { actor_id: user.user_id, request_id: null, now }
      const device = { user_agent: 'test', address: '127.0.0.1' }
      const { token } = await app.users.openSession(trx, user, device, cause)
      list.push({ user_id: user.user_id, token })
    }
    return list
  })
  const products = await app.inventory.createProducts(
    { actor_id: ids[0]!, request_id: null, now },
    onHand.map((quantity, i) => ({
      sku: `P-${i + 1}`,
      product_name: `商品${i + 1}`,
      price_cents: 100,
      quantity,
    })),
  )
  await drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
  await app.close()
  return { dataDir, owner: accounts[0]!, buyers: accounts.slice(1), products }
}

function person(username: string, role: Role) {
  return { username, email: `${username}@example.com`, password: null, role }
}

/** Never throws: a broken line is `unknown`. `key`: a repetition with the same one gets the same answer. */
export async function placeOrder(
  url: string,
  buyer: Account,
  items: readonly Line[],
  key?: string,
): Promise<Outcome> {
  try {
    const response = await fetch(`${url}/api/orders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${buyer.token}`,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ user_id: buyer.user_id, items }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return { status: response.status, body: (await response.json()) as ReplyBody }
  } catch {
    return 'unknown'
  }
}

/** A value of /metrics; its series added up. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const series = text.split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line))
  if (series.length === 0) throw new Error(`there is no metric ${name}`)
  return series.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Asks again and again until it is true; fails only after a time that no healthy machine needs. */
export async function until(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  deadlineMs = 60_000,
): Promise<void> {
  const end = performance.now() + deadlineMs
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`it never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** A new seed for every run, so that runs add up; `SEED=…` repeats one. */
export function anySeed(): number {
  return Number(process.env['SEED']) || randomInt(1, 2 ** 31)
}
