// Owns a small shop with rows in every table, odd ones too, and how the tests of transfers move and open it.
import { sql } from 'kysely'
import { inject } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { type App, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { parseStoreAddress, type StoreAddress } from '../../src/platform/db/address.ts'
import { databasePath, openStore, type Store, type Trx } from '../../src/platform/db/store.ts'
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
  await shop.as('customer').post('/api/me/addresses', {
    recipient: '小明 🐾',
    phone: '+86 138-0013-8000',
    region: '上海市浦东新区',
    detail: '幸福路 1 号 🏠',
  })
  const items = [{ product_id, quantity: 1 }]
  const body = { user_id: shop.people.other.user_id, items }
  await shop.as('other').post('/api/orders', body, { 'idempotency-key': 'once' })
  const gone = await shop.addPerson()
  await shop.as('owner').delete(`/api/users/${gone.user_id}`)
  await shop.settle()
  await shop.as('manager').patch(`/api/inventory/${product_id}`, { price_cents: 1100 })
  await shop.settle()
  await sellAtCounter(shop, product_id)
  await keepDocuments(shop, product_id)
  const kinds = [{ kind: 'order.confirmed', mail: true }]
  await shop.as('customer').put('/api/me/notification-preferences', { kinds })
  await addOddRows(shop)
  const unheard = await shop.order('customer', { lines })
  await sealAudit(shop)
  return { shop, url: `sqlite:${databasePath(shop.core.config.dataDir)}`, product_id, unheard }
}

async function sellAtCounter({ as, ...shop }: Shop, product_id: number): Promise<void> {
  const sale = {
    sale_id: '0b9e6a52-6f0c-4f0e-9a53-0a4d1a0c7c11',
    items: [{ product_id, quantity: 2, unit_price_cents: 1100 }],
    discount: { discount_cents: 200, reason: 'other', note: '老顾客 🐕' },
    tenders: [
      { tender: 'cash', amount_cents: 1000, received_cents: 2000 },
      { tender: 'card', amount_cents: 1000 },
    ],
  }
  const { status, text } = await as('clerk').post('/api/counter/sales', sale)
  if (status !== 201) throw new Error(text)
  await shop.settle()
}

async function keepDocuments({ as, app }: Shop, product_id: number): Promise<void> {
  const { core } = app
  const clerk = as('clerk')
  await clerk.post('/api/views', { page: 'orders', name: '要发货 📦', filters: { search: '🐈' } })
  const lines = [{ product_id, quantity: 3 }]
  await clerk.post('/api/inventory/receipts', { lines, supplier: '供应商 🐟', note: '' })
  const { body } = await clerk.post('/api/inventory/counts', { name: '货架 A' })
  const line = `/api/inventory/counts/${body.item.count_id}/lines/${product_id}`
  await clerk.put(line, { counted: 1000 })
  const bytes = Buffer.from('sku,product_name,price,quantity\nIMPORTED,进口,9.90,2\n')
  const cause = { actor_id: null, request_id: null, now: core.clock.now() }
  const { refused } = await app.inventory.importFile({
    bytes,
    dryRun: false,
    cause,
    language: 'en',
  })
  if (refused) throw new Error('the import was refused')
}

/** As the background work does a second later. */
async function sealAudit({ app, clock }: Shop): Promise<void> {
  const upkeep = app.modules.flatMap((module) => module.upkeep)
  await upkeep.find(({ name }) => name === 'seal-audit-log')?.run(clock.now())
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
    // As from before there were digests: no order has such a note by itself.
    const odd = { note: '', digest: null }
    await trx.updateTable('orders').set(odd).where('order_id', '=', 1).execute()
    await trx.insertInto('pictures').values(oddPictures()).execute()
    await trx
      .insertInto('imported_products')
      .values({ import_key: 'Katze\n尺码', product_id: 1 })
      .execute()
    await trx
      .insertInto('product_pictures')
      .values({ image_url: '/pictures/every.webp', product_id: 1 })
      .execute()
    await addWaiting(trx)
    await addSecondFactor(trx)
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

/** What waits to be sent, by mail and to webhooks. */
async function addWaiting(trx: Trx): Promise<void> {
  const times = { created_at: 1, next_attempt_at: Number.MAX_SAFE_INTEGER }
  const mail = { kind: 'password_reset', user_id: 1, data: '{"网":"🐾"}', language: null }
  await trx
    .insertInto('mails')
    .values({ ...mail, ...times, state: 'dead', attempts: 9, error: '', expires_at: null })
    .execute()
  await trx
    .insertInto('password_resets')
    .values({ token_hash: 'e'.repeat(64), user_id: 1, mail_id: 1, expires_at: 1 })
    .execute()
  const hook = { webhook_id: 1, url: 'https://example.com/小猫', kinds: 'order.placed' }
  await trx
    .insertInto('webhooks')
    .values({ ...hook, secret: 's', active: 0, delivered_at: null, created_at: 1, updated_at: 1 })
    .execute()
  const event = { webhook_id: 1, event_id: '1'.repeat(36), type: 'order.placed', body: '{}' }
  await trx
    .insertInto('webhook_deliveries')
    .values({ ...event, ...times, state: 'dead', attempts: 9, error: '🐈' })
    .execute()
}

async function addSecondFactor(trx: Trx): Promise<void> {
  const factor = { user_id: 3, secret: 'plain:JBSWY3DPEHPK3PXP', last_step: 1 }
  await trx
    .insertInto('second_factors')
    .values({ ...factor, created_at: 1, confirmed_at: null })
    .execute()
  await trx
    .insertInto('recovery_codes')
    .values({ user_id: 3, code_hash: 'd'.repeat(64), used_at: null })
    .execute()
}
