// Owns a small shop with rows in every table, odd ones too, and how the tests of transfers move and open it.
import { sql } from 'kysely'
import { inject } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { type App, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { parseStoreAddress, type StoreAddress } from '../../src/platform/db/address.ts'
import { databasePath, openStore, type Store } from '../../src/platform/db/store.ts'
import {
  transfer,
  type TransferOptions,
  type TransferReport,
} from '../../src/platform/db/transfer/transfer.ts'
import { createLog } from '../../src/platform/logging.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { makeStack } from '../support/stack.ts'
import { tempDir } from '../support/temp-dir.ts'

export type Kind = 'sqlite' | 'mariadb' | 'postgres'

/** Why tests on these stores can't run here; undefined when they can. */
export function missing(...kinds: Kind[]): string | undefined {
  for (const kind of kinds) {
    if (kind === 'sqlite' || inject(`${kind}Url`)) continue
    return inject(`${kind}Missing`) ?? `this run does not start ${kind}`
  }
  return undefined
}

const drops: (() => Promise<void>)[] = []

export async function dropDatabases(): Promise<void> {
  for (const drop of drops.splice(0)) await drop()
}

/** The URL of a new, empty database. */
export async function freshUrl(kind: Kind): Promise<string> {
  if (kind === 'sqlite') return `sqlite:${databasePath(tempDir())}`
  const { env, drop } = await makeStack(kind, 'embedded')
  drops.push(drop)
  return env['DATABASE_URL'] ?? ''
}

export function addressOf(url: string): StoreAddress {
  const address = parseStoreAddress(url)
  if (typeof address === 'string') throw new Error(`${url} ${address}`)
  return address
}

export function move(
  from: string,
  to: string,
  options: Partial<TransferOptions> = {},
): Promise<TransferReport> {
  return transfer({
    from: addressOf(from),
    to: addressOf(to),
    migrations,
    verifyOnly: false,
    refuseInUse: () => Promise.resolve(),
    onProgress: () => undefined,
    ...options,
  })
}

export function verify(from: string, to: string): Promise<TransferReport> {
  return move(from, to, { verifyOnly: true })
}

/** The store alone, to look into it and to spoil it. */
export async function onStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({
    store: { address: addressOf(url), poolSize: 2, isolation: null },
  })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

export function spoil(url: string, statement: string): Promise<unknown> {
  return onStore(url, ({ db }) => sql.raw(statement).execute(db))
}

/** Opens a shop as `serve` does. */
export function openMoved(url: string, clock?: Shop['clock']): Promise<App> {
  const env = { PETSHOP_DATA_DIR: tempDir(), DATABASE_URL: url }
  return openCore({ config: readConfig(env), log: createLog('silent'), ...(clock && { clock }) })
}

export interface SourceShop {
  readonly shop: Shop
  readonly url: string
  readonly product_id: number
  /** Placed, and nobody has heard of it yet. */
  readonly unheard: number
}

/** On SQLite. Some orders are done, one was taken back, one waits for its consumers. */
export async function makeSource(): Promise<SourceShop> {
  const shop = await openShop()
  await shop.set({ shop_name: '毛球 🐈' })
  const product_id = await shop.addProduct({
    product_name: '猫粮 🐈‍⬛ “特级” \\ \'"`%_\n\t',
    quantity: 1000,
  })
  const lines = [[product_id, 2]] as const
  const first = await shop.order('customer', { lines, address: '幸福路 1 号 🏠' })
  const second = await shop.order('customer', { lines, fulfilment: 'pickup' })
  await shop.settle()
  const clerk = shop.as('clerk')
  const parcel = { carrier: '顺丰', tracking_number: 'SF 1' }
  await clerk.put(`/api/orders/${first}/shipment`, parcel)
  await clerk.put(`/api/orders/${second}/cancellation`, { reason: '😿' })
  await shop.as('customer').put('/api/notifications/read')
  const items = [{ product_id, quantity: 1 }]
  const body = { user_id: shop.people.other.user_id, items }
  await shop.as('other').post('/api/orders', body, { 'idempotency-key': 'once' })
  const gone = await shop.addPerson()
  await shop.as('owner').delete(`/api/users/${gone.user_id}`)
  await shop.settle()
  await shop.as('manager').patch(`/api/inventory/${product_id}`, { price_cents: 1100 })
  await shop.settle()
  await addOddRows(shop)
  const unheard = await shop.order('customer', { lines })
  return { shop, url: `sqlite:${databasePath(shop.core.config.dataDir)}`, product_id, unheard }
}

/** Every value a byte can have, nothing at all, what looks like text, and more than one page of them. */
export const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i)

function oddPictures() {
  const picture = (name: string, content: Uint8Array) => ({
    name,
    content_type: 'image/webp',
    content,
    created_at: 1,
  })
  const large = new Uint8Array(900_000).fill(39)
  const many = Array.from({ length: 40 }, (_, i) => picture(`${i}.webp`, Uint8Array.of(i)))
  return [
    picture('every.webp', EVERY_BYTE),
    picture('nothing.webp', new Uint8Array()),
    picture('text.svg', Buffer.from("\\x41 '毛球' \0 🐈 X'00'")),
    // Together longer than a statement may be.
    picture('large-1.webp', large),
    picture('large-2.webp', large),
    picture(
      'large-3.webp',
      large.map(() => 40),
    ),
    ...many,
  ]
}

/** In another order wherever text isn't compared byte by byte: by case, by accent, in UTF-16. */
const GROUPS = ['B', 'a', 'b', 'b ', 'é', 'e\u0301', 'Ａ', '\uffee', '😀', '']

async function addOddRows({ core }: Shop): Promise<void> {
  const { store } = core
  const largest = Number.MAX_SAFE_INTEGER
  await store.transaction(async (trx) => {
    const applied = GROUPS.map((group_name, i) => ({ group_name, position: largest - i }))
    await trx.insertInto('applied_events').values(applied).execute()
    await trx
      .insertInto('shipments')
      .values({ log: 'redis', stream: 'orders', position: 1, epoch: '' })
      .execute()
    await trx
      .updateTable('inventory')
      .set({ description: '🐾 "long" '.repeat(20_000), cost_cents: null })
      .execute()
    await trx.updateTable('orders').set({ note: '' }).where('order_id', '=', 1).execute()
    await trx.insertInto('pictures').values(oddPictures()).execute()
    await trx
      .insertInto('imported_products')
      .values({ import_key: 'Katze\n尺码', product_id: 1 })
      .execute()
    await trx
      .insertInto('retired_usernames')
      .values({ name_hash: 'f'.repeat(64), retired_at: -largest })
      .execute()
    await trx
      .insertInto('failed_deliveries')
      .values({
        failed_delivery_id: 1000,
        group_name: 'notify-staff-on-stock-alert',
        event_id: '0'.repeat(36),
        stream: 'inventory',
        type: 'stock.low',
        event: '{}',
        attempts: 5,
        error: '\u0001 \u{10ffff}',
        state: 'dead',
        next_attempt_at: 0,
        failed_at: 0,
      })
      .execute()
  })
}
