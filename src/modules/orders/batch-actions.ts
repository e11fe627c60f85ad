// Owns one batch of placements inside its transaction: claim keys, lock, decide, write, remember answers.
import type { Settled } from '../../lib/batching.ts'
import { defineError } from '../../lib/errors.ts'
import { makeEvent } from '../../lib/events.ts'
import {
  type Claim,
  claimKeys,
  keepAnswers,
  keyInProgress,
  keyReused,
  releaseKeys,
} from '../../platform/db/idempotency.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { appendCaused } from '../../platform/events/outbox.ts'
import { lockForSale, reserveStock } from '../inventory/index.ts'
import { type Decision, decideBatch, type PricedLine, type Product } from './rules.ts'
import { OrderPlaced } from './schema.ts'
import { refuseTwice } from './lost-commits-actions.ts'
import type { ActiveUsers, IdentifiedPlacement, Placed } from './placed-actions.ts'
import { insertOrders } from './store.ts'

const unknownUser = defineError('UNKNOWN_USER', 422, {
  zh: 'user_id：没有这位顾客，或账号已停用。',
  en: 'user_id: there is no such customer, or the account is disabled.',
})
const unknownProduct = defineError('UNKNOWN_PRODUCT', 422, {
  zh: '有商品不存在或已下架。',
  en: 'Some products do not exist or are no longer sold.',
})
const outOfStock = defineError('OUT_OF_STOCK', 409, {
  zh: '有商品库存不足。',
  en: 'Some products are not available in this quantity.',
})

interface Accepted {
  readonly placement: IdentifiedPlacement
  readonly lines: readonly PricedLine[]
  readonly placed: Placed
}

/**
 * Places what can be placed.
 * @param again the transaction was begun before: an attempt whose commit was lost may have placed these
 * @returns an outcome for each, in order; they hold once the transaction commits
 */
export async function placeBatch(
  store: Store,
  trx: Trx,
  batch: readonly IdentifiedPlacement[],
  activeUsers: ActiveUsers,
  again = false,
): Promise<Settled<Placed>[]> {
  const owners = ownersOfKeys(batch)
  const now = batch[0]?.cause.now ?? 0
  const claims = await claimKeys(
    store,
    trx,
    [...owners.values()].flatMap((p) => p.key ?? []),
    now,
  )
  const fresh = batch.filter((placement) => isFresh(placement, owners, claims))
  const locked = await lockAll(store, trx, fresh, activeUsers)
  if (again) await refuseTwice(trx, fresh)
  const outcomes = await decideAndWrite(store, trx, fresh, locked)
  await settleKeys(store, trx, fresh, outcomes)
  return batch.map((placement) => answer(placement, owners, claims, outcomes))
}

/** Several requests of one batch may carry the same key: the first one owns it, the others share its answer. */
function ownersOfKeys(batch: readonly IdentifiedPlacement[]): Map<string, IdentifiedPlacement> {
  const owners = new Map<string, IdentifiedPlacement>()
  for (const placement of batch) {
    const hash = placement.key?.keyHash
    if (hash !== undefined && !owners.has(hash)) owners.set(hash, placement)
  }
  return owners
}

function isFresh(
  placement: IdentifiedPlacement,
  owners: ReadonlyMap<string, IdentifiedPlacement>,
  claims: ReadonlyMap<string, Claim>,
): boolean {
  if (!placement.key) return true
  const { keyHash } = placement.key
  return owners.get(keyHash) === placement && claims.get(keyHash)?.state === 'fresh'
}

type Outcomes = ReadonlyMap<IdentifiedPlacement, Settled<Placed>>

interface Locked {
  readonly users: ReadonlySet<number>
  readonly products: ReadonlyMap<number, Product>
}

/** In this order everywhere: people, then products. */
async function lockAll(
  store: Store,
  trx: Trx,
  placements: readonly IdentifiedPlacement[],
  activeUsers: ActiveUsers,
): Promise<Locked> {
  if (placements.length === 0) return { users: new Set(), products: new Map() }
  const users = await activeUsers(trx, [...new Set(placements.map((p) => p.user_id))])
  const productIds = new Set(placements.flatMap((p) => p.lines.map((line) => line.product_id)))
  return { users, products: await lockForSale(store, trx, [...productIds]) }
}

async function decideAndWrite(
  store: Store,
  trx: Trx,
  placements: readonly IdentifiedPlacement[],
  { users, products }: Locked,
): Promise<Outcomes> {
  const outcomes = new Map<IdentifiedPlacement, Settled<Placed>>()
  const decisions = decideBatch(placements, products, users)
  const accepted: Accepted[] = []
  placements.forEach((placement, i) => {
    const decision = decisions[i]
    if (!decision) return
    if (decision.accepted) {
      const placed = toPlaced(placement, decision.total_cents)
      accepted.push({ placement, lines: decision.lines, placed })
      outcomes.set(placement, { ok: true, value: placed })
    } else {
      outcomes.set(placement, { ok: false, error: refusalError(decision) })
    }
  })
  await writeAccepted(store, trx, accepted)
  return outcomes
}

async function writeAccepted(store: Store, trx: Trx, accepted: readonly Accepted[]): Promise<void> {
  if (accepted.length === 0) return
  const reservations = accepted.map(({ placement, lines }) => ({
    cause: placement.cause,
    order_id: placement.order_id,
    lines: lines.map(({ product_id, quantity }) => ({ product_id, quantity })),
  }))
  // The rows are locked and were just decided on: only a mistake of ours can make the guard fail.
  const reserved = await reserveStock(store, trx, reservations)
  if (!reserved) {
    throw new Error('the stock guard refused what the decision had accepted')
  }
  await insertOrders(store, trx, orderRows(accepted), accepted.flatMap(lineRows))
  await appendCaused(store, trx, [
    ...reserved,
    ...accepted.map((order) => ({ cause: order.placement.cause, event: placedEvent(order) })),
  ])
}

/** A batch without any contact doesn't name their columns at all. */
function orderRows(accepted: readonly Accepted[]) {
  const rows = accepted.map(orderRow)
  if (!accepted.some(({ placement }) => placement.contact)) return rows
  const nobody = { recipient: null, phone: null }
  return rows.map((row, i) => ({ ...row, ...nobody, ...accepted[i]?.placement.contact }))
}

function orderRow({ placement, placed }: Accepted) {
  return {
    order_id: placement.order_id,
    order_number: placement.order_number,
    request_id: placement.request_id,
    user_id: placement.user_id,
    placed_by: placement.placed_by,
    channel: placement.channel,
    fulfilment: placement.fulfilment,
    status: 'pending',
    payment_status: 'unpaid',
    total_cents: placed.total_cents,
    note: placement.note,
    address: placement.address,
    created_at: placement.cause.now,
  }
}

function lineRows({ placement, lines }: Accepted) {
  return lines.map((line, i) => ({ order_id: placement.order_id, line: i + 1, ...line }))
}

function placedEvent({ placement, lines, placed }: Accepted) {
  return makeEvent(OrderPlaced, placement.order_id, {
    order_id: placement.order_id,
    order_number: placement.order_number,
    user_id: placement.user_id,
    total_cents: placed.total_cents,
    channel: placement.channel,
    fulfilment: placement.fulfilment,
    placed_by: placement.placed_by,
    lines: lines.map(({ product_id, quantity, unit_price_cents }) => ({
      product_id,
      quantity,
      unit_price_cents,
    })),
  })
}

function toPlaced(placement: IdentifiedPlacement, total_cents: number): Placed {
  const { order_id, order_number } = placement
  return { status: 'success', order_id, order_number, total_cents }
}

async function settleKeys(
  store: Store,
  trx: Trx,
  fresh: readonly IdentifiedPlacement[],
  outcomes: Outcomes,
): Promise<void> {
  const answers: { keyHash: string; response: string }[] = []
  const refused: string[] = []
  for (const placement of fresh) {
    if (!placement.key) continue
    const outcome = outcomes.get(placement)
    const { keyHash } = placement.key
    if (outcome?.ok) answers.push({ keyHash, response: JSON.stringify(outcome.value) })
    else refused.push(keyHash)
  }
  await keepAnswers(store, trx, answers)
  await releaseKeys(trx, refused)
}

function answer(
  placement: IdentifiedPlacement,
  owners: ReadonlyMap<string, IdentifiedPlacement>,
  claims: ReadonlyMap<string, Claim>,
  outcomes: Outcomes,
): Settled<Placed> {
  const own = outcomes.get(placement)
  if (own) return own
  const key = placement.key
  const owner = key ? owners.get(key.keyHash) : undefined
  const claim = key ? claims.get(key.keyHash) : undefined
  if (!key || !owner || !claim)
    return { ok: false, error: new Error('a placement was not decided') }
  switch (claim.state) {
    case 'answered':
      return { ok: true, value: JSON.parse(claim.response) as Placed }
    case 'reused':
      return { ok: false, error: keyReused() }
    case 'in_progress':
      return { ok: false, error: keyInProgress() }
    case 'fresh':
      if (owner.key?.bodyHash !== key.bodyHash) return { ok: false, error: keyReused() }
      return outcomes.get(owner) ?? { ok: false, error: keyInProgress() }
  }
}

function refusalError(decision: Exclude<Decision, { accepted: true }>): Error {
  switch (decision.refusal) {
    case 'UNKNOWN_USER':
      return unknownUser({ details: [{ field: 'user_id', problem: 'is unknown or disabled' }] })
    case 'UNKNOWN_PRODUCT':
      return unknownProduct({ details: decision.product_ids.map((product_id) => ({ product_id })) })
    case 'OUT_OF_STOCK':
      return outOfStock({ details: decision.shortages })
  }
}
