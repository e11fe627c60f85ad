// Owns recording a sale at the counter: order, stock, money and events in one transaction, once for each sale_id.
import { createHash } from 'node:crypto'
import type { Caller, Cause } from '../../lib/cause.ts'
import { atLeast } from '../../lib/roles.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { notAllowed } from '../../platform/http/errors.ts'
import type { Core } from '../../platform/module.ts'
import { type Act, recordActs } from '../audit/index.ts'
import { addMissing, lockStock, lowestPricesSince, sellFromShelf } from '../inventory/index.ts'
import type { StockRow } from '../inventory/index.ts'
import {
  lockFirstOrder,
  type OrderCounts,
  orderNumber,
  writeCounterOrder,
} from '../orders/index.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import { judgeStock, missingUnits, toldShortages } from './decide-rules.ts'
import { discountLimit, outOfStock, saleReused, unknownCustomer, unknownProduct } from './errors.ts'
import { DISCOUNT_LIMIT_PERCENT, needsManager, takenAt } from './rules.ts'
import { saleContent } from './sale-rules.ts'
import { type CheckedSale, checkSale } from './sums.ts'
import type { NewSale, SaleAnswer } from './schema.ts'
import { findSale, insertParts, insertSale, type SaleRow } from './store.ts'
import type { WalkIn } from './walk-in-actions.ts'

export interface SaleNeeds {
  readonly orderIds: Sequence
  readonly walkIn: WalkIn
  readonly counts: Pick<OrderCounts, 'sold'>
  readonly timeZone: () => Promise<string>
  readonly activeUsers: (trx: Trx, ids: readonly number[]) => Promise<ReadonlySet<number>>
  /** Accounts that may stand at the counter. */
  readonly staffIds: (reader: Reader) => Promise<readonly number[]>
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
}

export type RecordSale = (caller: Caller, cause: Cause, sale: NewSale) => Promise<SaleAnswer>

/** One sale on its way: what is known before its transaction, and stays so when that runs again. */
interface Attempt {
  readonly caller: Caller
  readonly cause: Cause
  readonly sale: NewSale
  readonly checked: CheckedSale
  readonly bodyHash: string
  readonly order_id: number
  readonly order_number: string
  readonly sold_by: number
  readonly walkInId: number
  readonly taken_at: number
}

/** @throws VALIDATION, TENDERS_DIFFER, OUT_OF_STOCK, UNKNOWN_PRODUCT, UNKNOWN_USER, SALE_ID_REUSED, DISCOUNT_NEEDS_MANAGER, NOT_ALLOWED */
export function createRecordSale(core: Core, needs: SaleNeeds): RecordSale {
  const { store, pace } = core
  let anyPlaced = false

  async function begin(caller: Caller, cause: Cause, sale: NewSale): Promise<Attempt> {
    const checked = checkSale(sale)
    if (sale.decision && !atLeast(caller.role, 'manager')) throw notAllowed()
    const [order_id = 0] = await needs.orderIds.take(1)
    const told = sale.taken_at === undefined ? undefined : Date.parse(sale.taken_at)
    const taken_at = takenAt(told, cause.now)
    const bodyHash = createHash('sha256').update(saleContent(sale)).digest('hex')
    return {
      caller,
      cause,
      sale,
      checked,
      bodyHash,
      order_id,
      order_number: orderNumber(order_id, taken_at, await needs.timeZone()),
      sold_by: await sellerOf(store.db, sale.sold_by, caller, needs),
      walkInId: await needs.walkIn.userId(cause),
      taken_at,
    }
  }

  return async (caller, cause, sale) => {
    const attempt = await begin(caller, cause, sale)
    const { sale_id } = sale
    const row = await pace.first(
      () =>
        store.transaction(
          async (trx) => {
            const known = await findSale(trx, sale_id)
            if (known) return known
            if (!anyPlaced) await lockFirstOrder(store, trx)
            return record(store, trx, attempt, needs)
          },
          { afterLostCommit: async () => (await findSale(store.db, sale_id)) ?? undefined },
        ),
      1,
    )
    anyPlaced = true
    if (row.body_hash !== attempt.bodyHash) throw saleReused()
    if (row.order_id === attempt.order_id) needs.counts.sold('counter', row.total_cents)
    return answerOf(row)
  }
}

/** Who sends a sale in may name a colleague who sold it, and nobody else. */
export async function sellerOf(
  reader: Reader,
  sold_by: number | undefined,
  caller: Caller,
  { staffIds }: Pick<SaleNeeds, 'staffIds'>,
): Promise<number> {
  if (sold_by === undefined || sold_by === caller.user_id) return caller.user_id
  return (await staffIds(reader)).includes(sold_by) ? sold_by : caller.user_id
}

function answerOf(row: SaleRow): SaleAnswer {
  const { sale_id, order_id, order_number, total_cents, change_cents } = row
  return { status: 'success', sale_id, order_id, order_number, total_cents, change_cents }
}

/** The sale_id first, then people, then products: in this order everywhere. */
async function record(
  store: Store,
  trx: Trx,
  attempt: Attempt,
  needs: SaleNeeds,
): Promise<SaleRow> {
  const { sale, checked, order_id } = attempt
  const row = await insertSale(store, trx, saleRow(attempt))
  if (row.order_id !== order_id) return row
  const user_id = await buyerOf(trx, attempt, needs)
  const ids = checked.lines.map((line) => line.product_id)
  const locked = await lockStock(store, trx, ids)
  const products = new Map(locked.map((product) => [product.product_id, product]))
  const ready = await makeSellable(store, trx, attempt, products)
  await keepToLimit(trx, attempt, ready)
  const { caller, cause, order_number, taken_at } = attempt
  const lines = checked.lines.map((line) => ({
    ...line,
    product_name: ready.get(line.product_id)?.product_name ?? '',
  }))
  await writeCounterOrder(store, trx, cause, {
    order_id,
    order_number,
    sale_id: sale.sale_id,
    user_id,
    placed_by: caller.user_id,
    lines,
    total_cents: checked.total_cents,
    taken_at,
  })
  const least = sale.decision ? 'on_hand' : 'available'
  await sellFromShelf(store, trx, cause, order_id, ready, sorted(checked.lines), least)
  const { tenders, discounts } = checked
  await insertParts(
    store,
    trx,
    tenders.map((tender) => ({ order_id, ...tender })),
    discounts.map((discount) => ({ order_id, ...discount })),
  )
  await recordActs(store, trx, cause, discountActs(order_id, attempt))
  return row
}

/** For the audit log; what somebody wrote about a discount stays with the sale. */
function discountActs(order_id: number, { checked }: Attempt): Act[] {
  const { discount_cents, total_cents, discounts } = checked
  if (discount_cents === 0) return []
  const reasons = [...new Set(discounts.map(({ reason }) => reason))]
  const after = { discount_cents, total_cents, reasons }
  return [{ act: 'counter.discounted', subject: ['order', order_id], after }]
}

/** A customer who is gone since is no reason not to book what was sold, if a manager says so. */
async function buyerOf(
  trx: Trx,
  { sale, walkInId }: Attempt,
  { activeUsers }: SaleNeeds,
): Promise<number> {
  const { customer_id } = sale
  if (customer_id === undefined) return walkInId
  if ((await activeUsers(trx, [customer_id])).has(customer_id)) return customer_id
  if (sale.decision) return walkInId
  throw unknownCustomer({ details: [{ field: 'customer_id', problem: 'is unknown or disabled' }] })
}

/** All that is sold is there: because the books say so, or because a manager does. @returns the products */
async function makeSellable(
  store: Store,
  trx: Trx,
  { sale, cause, order_id, checked }: Attempt,
  products: ReadonlyMap<number, StockRow>,
): Promise<ReadonlyMap<number, StockRow>> {
  const { unknown, archived, shortages } = judgeStock(checked.lines, products)
  const { decision } = sale
  const gone = decision ? unknown : [...unknown, ...archived]
  if (gone.length > 0) throw unknownProduct({ details: gone.map((product_id) => ({ product_id })) })
  if (shortages.length === 0) return products
  if (!decision) throw outOfStock({ details: toldShortages(shortages) })
  return addMissing(store, trx, cause, order_id, products, missingUnits(shortages), decision)
}

/** A till without a network may have an older price for a while. */
const OLD_PRICES_MS = 48 * 3600 * 1000

/**
 * What was charged below the list price counts as given off, unless it was the price lately. When the till says
 * that it sold has no part in this: a clerk could go back to the day of the lowest price.
 */
async function keepToLimit(
  trx: Trx,
  { caller, checked, cause }: Attempt,
  products: ReadonlyMap<number, StockRow>,
): Promise<void> {
  if (atLeast(caller.role, 'manager')) return
  const listed = (product_id: number) => products.get(product_id)?.price_cents ?? 0
  const cheaper = checked.lines.filter((line) => line.unit_price_cents < listed(line.product_id))
  const former = await lowestPricesSince(
    trx,
    cheaper.map((line) => line.product_id),
    cause.now - OLD_PRICES_MS,
  )
  let reduced = checked.discount_cents
  let list = checked.gross_cents
  for (const { product_id, quantity, unit_price_cents } of cheaper) {
    const known = Math.min(listed(product_id), former.get(product_id) ?? Infinity)
    const below = Math.max(0, known - unit_price_cents) * quantity
    reduced += below
    list += below
  }
  if (needsManager(reduced, list)) throw discountLimit({ params: LIMIT })
}

const LIMIT = { percent: DISCOUNT_LIMIT_PERCENT }

function saleRow({ sale, checked, caller, cause, ...attempt }: Attempt) {
  return {
    sale_id: sale.sale_id,
    body_hash: attempt.bodyHash,
    order_id: attempt.order_id,
    order_number: attempt.order_number,
    customer_id: sale.customer_id ?? null,
    sold_by: attempt.sold_by,
    recorded_by: caller.user_id,
    total_cents: checked.total_cents,
    discount_cents: checked.discount_cents,
    change_cents: checked.change_cents,
    decision: sale.decision?.reason ?? null,
    taken_at: attempt.taken_at,
    recorded_at: cause.now,
  }
}

function sorted(lines: CheckedSale['lines']) {
  return lines
    .map(({ product_id, quantity }) => ({ product_id, quantity }))
    .sort((a, b) => a.product_id - b.product_id)
}
