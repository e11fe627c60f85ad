// Owns counts: a line's difference is against the stock of the moment at which it was counted, so that what is
// sold while others are still counting, or before it is posted, is no difference.
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { postChanges, writeDocument } from './documents-actions.ts'
import type { CountEntry, CountPosting, NewCount } from './stock-counts-schema.ts'
import {
  closeCount,
  type CountLineRow,
  type CountRow,
  countSums,
  findCount,
  findCountLine,
  insertCount,
  insertCountLines,
  listDifferences,
  lockCount,
  movedSince,
  updateCountLine,
} from './stock-counts-store.ts'
import { lockStock } from './stock-store.ts'

const nothingToCount = defineError('COUNT_EMPTY', 409, {
  zh: '没有可以盘点的商品。',
  en: 'There are no products to count.',
})
const countClosed = defineError('COUNT_CLOSED', 409, {
  zh: '这次盘点已经结束。',
  en: 'This count is closed.',
})
const countedMeanwhile = defineError('COUNT_CHANGED', 409, {
  zh: '刚刚有人为这个商品填了 {counted}，请核对后再填。',
  en: 'Somebody has just entered {counted} for this product; look again.',
})
const wrongTime = defineError('COUNT_TIME', 400, {
  zh: 'counted_at：须在盘点开始之后，且不能晚于现在。',
  en: 'counted_at: must be after the count began, and not later than now.',
})

/** @throws COUNT_EMPTY */
export async function startCount(
  store: Store,
  countIds: Sequence,
  caller: Caller,
  cause: Cause,
  key: KeyedRequest | null,
  { name = '', category }: NewCount,
): Promise<CountRow> {
  const [count_id = 0] = await countIds.take(1)
  const row: CountRow = {
    count_id,
    name: name.trim(),
    category: category ?? null,
    state: 'open',
    started_by: caller.user_id,
    started_at: cause.now,
    closed_by: null,
    closed_at: null,
    document_id: null,
  }
  return store.transaction(
    (trx) =>
      once(store, trx, key, cause.now, async () => {
        await insertCount(trx, row)
        await insertCountLines(trx, row)
        if (!(await countSums(trx, [count_id])).has(count_id)) throw nothingToCount()
        return row
      }),
    { afterLostCommit: async () => (await findCount(store.db, count_id)) ?? undefined },
  )
}

/** Enters what was found of one product. Repeated, it counts against the stock of the later moment. */
export function enterCount(
  store: Store,
  caller: Caller,
  cause: Cause,
  { count_id, product_id }: { readonly count_id: number; readonly product_id: number },
  entry: CountEntry,
): Promise<CountLineRow> {
  return store.transaction(async (trx) => {
    const count = await lockCount(store, trx, count_id)
    const line = await findCountLine(trx, count_id, product_id)
    if (!count || !line) throw notFound()
    if (count.state !== 'open') throw countClosed()
    refuseOverwriting(line, entry)
    const at = timeOf(entry, count, cause.now)
    const { counted } = entry
    const taken = { counted, expected: null, counted_by: null, counted_at: null }
    const found = {
      counted,
      expected: await stockAt(store, trx, product_id, entry.counted_at === undefined ? null : at),
      counted_by: caller.user_id,
      counted_at: at,
    }
    const entered = { ...line, ...(counted === null ? taken : found) }
    await updateCountLine(trx, entered)
    return entered
  }, runAgain)
}

/** Sent again after a lost answer, the same number stands there already. */
function refuseOverwriting({ counted }: CountLineRow, entry: CountEntry): void {
  if (entry.was === undefined || entry.was === counted || entry.counted === counted) return
  throw countedMeanwhile({ params: { counted: counted ?? '–' }, details: { counted } })
}

function timeOf({ counted_at }: CountEntry, { started_at }: CountRow, now: number): number {
  if (counted_at === undefined) return now
  const at = Date.parse(counted_at)
  if (at >= started_at && at <= now) return at
  throw wrongTime({ details: [{ field: 'counted_at', problem: 'is outside of the count' }] })
}

/** On hand at that moment: what is there now, less what has moved since. Null: now. */
async function stockAt(
  store: Store,
  trx: Trx,
  product_id: number,
  at: number | null,
): Promise<number> {
  const [product] = await lockStock(store, trx, [product_id])
  if (!product) throw notFound()
  return at === null ? product.on_hand : product.on_hand - (await movedSince(trx, product_id, at))
}

/**
 * Posts the differences as adjustments, as one document; what nobody counted stays as it is. Repeated, it
 * changes nothing.
 * @throws NOT_FOUND, COUNT_CLOSED, STOCK_BELOW_ZERO
 */
export async function postCount(
  store: Store,
  documentIds: Sequence,
  caller: Caller,
  cause: Cause,
  count_id: number,
  { reason, note }: CountPosting,
): Promise<CountRow> {
  const [document_id = 0] = await documentIds.take(1)
  return store.transaction(async (trx) => {
    const count = await lockCount(store, trx, count_id)
    if (!count) throw notFound()
    if (count.state === 'posted') return count
    if (count.state !== 'open') throw countClosed()
    const differences = await listDifferences(trx, count_id)
    const isNothing = differences.length === 0
    if (!isNothing) {
      const document = { document_id, kind: 'count' as const, reason, note }
      await writeDocument(trx, cause, document)
      await postChanges(store, trx, cause, document, 'adjustment', differences)
    }
    const posted = {
      ...count,
      state: 'posted',
      closed_by: caller.user_id,
      closed_at: cause.now,
      document_id: isNothing ? null : document_id,
    }
    await closeCount(trx, closing(posted))
    return posted
  }, runAgain)
}

/** Nothing comes of it. Repeated, it changes nothing. @throws NOT_FOUND, COUNT_CLOSED */
export function cancelCount(
  store: Store,
  caller: Caller,
  cause: Cause,
  count_id: number,
): Promise<CountRow> {
  return store.transaction(async (trx) => {
    const count = await lockCount(store, trx, count_id)
    if (!count) throw notFound()
    if (count.state === 'cancelled') return count
    if (count.state !== 'open') throw countClosed()
    const { user_id: closed_by } = caller
    const cancelled = { ...count, state: 'cancelled', closed_by, closed_at: cause.now }
    await closeCount(trx, closing(cancelled))
    return cancelled
  }, runAgain)
}

function closing({ count_id, state, closed_by, closed_at, document_id }: CountRow) {
  return { count_id, state, closed_by, closed_at, document_id }
}
