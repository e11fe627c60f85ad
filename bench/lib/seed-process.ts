// Owns filling a shop before it is measured, as a process of its own: node lib/seed-process.ts '{…SeedTask}'
// with the shop's settings in the environment. Nobody logs in: a thousand argon2 hashes would take minutes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as AppCode from '../../src/app.ts'
import type * as BulkCode from '../../src/demo/bulk.ts'
import type { Role } from '../../src/lib/roles.ts'
import type * as DrainCode from '../../src/platform/events/drain.ts'
import type * as LoggingCode from '../../src/platform/logging.ts'
import type { Account } from './scenario.ts'

type App = AppCode.App

export interface SeedTask {
  /** The checkout whose code makes the shop. */
  readonly root: string
  readonly customers: number
  /** Of a shop that has some: its ids are 1 to this. */
  readonly products: number
  readonly withPasswords: number
  /** The shop has customers and products: only sessions and missing staff are made. */
  readonly existing: boolean
  /** Where the accounts are written, as `Seeded`. */
  readonly to: string
}

export interface Seeded {
  readonly customers: readonly Account[]
  readonly staff: Readonly<Record<string, Account>>
  readonly products: number
}

interface Person {
  readonly user_id: number
  readonly username: string
  readonly role: Role
}

const STAFF = { owner: 'owner', manager: 'manager', clerk1: 'clerk', clerk2: 'clerk' } as const
const BATCH = 1000

const task = JSON.parse(process.argv[2] ?? '{}') as SeedTask
const load = <T>(path: string) => import(pathToFileURL(join(task.root, path)).href) as Promise<T>
const { openCore } = await load<typeof AppCode>('src/app.ts')
const { createLog } = await load<typeof LoggingCode>('src/platform/logging.ts')
const { drain } = await load<typeof DrainCode>('src/platform/events/drain.ts')
const { bulkProducts } = await load<typeof BulkCode>('src/demo/bulk.ts')

const app = await openCore({ log: createLog('warn') })
try {
  const people = task.existing ? await listPeople(app) : await makePeople(app)
  const products = task.existing ? task.products : await makeProducts(app)
  const customers = people.filter(({ role }) => role === 'customer').slice(0, task.customers)
  const staff = people.filter(({ username }) => username in STAFF)
  const accounts = await openSessions(app, [...customers, ...staff])
  const seeded: Seeded = {
    customers: accounts.slice(0, customers.length),
    staff: Object.fromEntries(
      staff.map(({ username }, i) => [username, accounts[customers.length + i] as Account]),
    ),
    products,
  }
  await app.core.store.checkpoint()
  writeFileSync(task.to, JSON.stringify(seeded), { mode: 0o600 })
} finally {
  await app.close()
}

/** The customers get the ids from 1; then come the staff. */
async function makePeople(app: App): Promise<Person[]> {
  const now = app.core.clock.now()
  const customers = Array.from({ length: task.customers }, (_, i) => {
    const username = `u${i + 1}`
    const password = i < task.withPasswords ? `Passw0rd!${username}` : null
    return { ...person(username, 'customer'), password }
  })
  const staff = Object.entries(STAFF).map(([name, role]) => ({
    ...person(name, role),
    password: null,
  }))
  const people = [...customers, ...staff]
  const ids = await app.users.createUsersBulk(people, now)
  await app.shop.changeSettings({ shop_name: 'Measurements', currency: 'CNY' }, now)
  return people.map(({ username, role }, i) => ({ user_id: ids[i] ?? 0, username, role }))
}

function person(username: string, role: Role) {
  return { username, email: `${username}@petshop.example`, role }
}

async function listPeople(app: App): Promise<Person[]> {
  const now = app.core.clock.now()
  const found: Person[] = []
  for (const role of ['customer', 'clerk', 'manager', 'owner'] as const) {
    let cursor: string | undefined
    let left = role === 'customer' ? task.customers : 10
    do {
      const page = await app.users.listUsers(app.core.store.db, { role, limit: 100, cursor })
      found.push(...page.items)
      left -= page.items.length
      cursor = left > 0 ? (page.next_cursor ?? undefined) : undefined
    } while (cursor !== undefined)
  }
  const missing = Object.entries(STAFF)
    .filter(([name]) => !found.some(({ username }) => username === name))
    .map(([name, role]) => ({ ...person(name, role), password: null }))
  const ids = await app.users.createUsersBulk(missing, now)
  return [
    ...found,
    ...missing.map(({ username, role }, i) => ({ user_id: ids[i] ?? 0, username, role })),
  ]
}

async function makeProducts(app: App): Promise<number> {
  const cause = { actor_id: null, request_id: null, now: app.core.clock.now() }
  const products = bulkProducts(task.products).map(({ on_hand, ...product }) => ({
    ...product,
    quantity: on_hand,
  }))
  for (let i = 0; i < products.length; i += BATCH) {
    await app.inventory.createProducts(cause, products.slice(i, i + BATCH))
  }
  await drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
  return products.length
}

async function openSessions(app: App, people: readonly Person[]): Promise<Account[]> {
  const now = app.core.clock.now()
  const device = { user_agent: 'bench', address: '127.0.0.1' }
  return app.core.store.transaction(async (trx) => {
    const accounts: Account[] = []
    for (const { user_id, role } of people) {
      const cause = { actor_id: user_id, request_id: null, now }
      const { token } = await app.users.openSession(trx, { user_id, role }, device, cause)
      accounts.push({ user_id, token })
    }
    return accounts
  })
}
