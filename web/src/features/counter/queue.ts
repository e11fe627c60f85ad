// Owns sales on their way to the server: on the device before anything is sent, sent in order, each until it is
// answered. The sale_id makes a second sending harmless, by whatever tab or person.
import type { NewDiscard, NewSale, SaleAnswer } from '../../../../src/modules/counter/schema.ts'
import { api, ApiError } from '../../lib/api.ts'
import { whenReconnected } from '../../lib/connection.ts'
import { queryClient } from '../../lib/query-client.ts'
import { keys } from '../../lib/query-keys.ts'
import { put, readAll, remove } from './device-db.ts'
import { keepFinished } from './finished.ts'
import { watched } from './listen.ts'
import type { FinishedSale } from './sale.ts'

export interface Refusal {
  readonly code: string
  readonly message: string
  /** Of what there isn't enough, and how much there is. */
  readonly shortages: readonly { product_id: number; requested: number; available: number }[]
}

export interface QueuedSale extends FinishedSale {
  readonly seq: number
  /** Why the server doesn't take it: somebody must decide. Null while it waits. */
  readonly refusal: Refusal | null
}

interface Queue {
  readonly sales: readonly QueuedSale[]
  /** Whether the device's own list has been read. */
  readonly known: boolean
  /** Why the server, though it answers, took none of those that wait: the last time they were sent. */
  readonly failure: string | null
  /** Answers of this visit, by sale_id. */
  readonly answers: ReadonlyMap<string, SaleAnswer>
}

const queue = watched<Queue>({ sales: [], known: false, failure: null, answers: new Map() })
export const useQueue = queue.use

/** Tabs tell each other that the list on the device has changed. */
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('petshop-counter') : null
channel?.addEventListener('message', () => void readQueue())

/**
 * Resolves when the sale can't be lost any more: it is on the device, and is being sent.
 * @returns false where it was finished before: then nothing is kept or sent again
 */
export async function enqueue(sale: FinishedSale): Promise<boolean> {
  const isNew = await keepFinished(sale.body.sale_id, { ...sale, refusal: null })
  // Whatever fails from here on, it is kept: nobody may be told to sell it again.
  await changed().catch(() => undefined)
  void sendWaiting()
  return isNew
}

async function readQueue(): Promise<void> {
  queue.set({ ...queue.get(), sales: await readAll<QueuedSale>('sales'), known: true })
}

async function changed(): Promise<void> {
  await readQueue()
  channel?.postMessage('changed')
}

let sending: Promise<void> | null = null
let again = false

/**
 * Sends what waits, one after another; stops where no answer comes, and goes on when there may be one. A sale that
 * the server stumbles over waits for the next round, and keeps none behind it.
 */
function sendWaiting(): Promise<void> {
  again = true
  sending ??= exclusively(async () => {
    while (again) {
      again = false
      await sendAll()
    }
  })
    .catch(() => undefined)
    .finally(() => (sending = null))
  return sending
}

async function sendAll(): Promise<void> {
  let failure: string | null = null
  for (const sale of await readAll<QueuedSale>('sales')) {
    if (sale.refusal) continue
    try {
      await settle(sale, await post(sale.body))
    } catch (error) {
      if (isRefusal(error)) {
        await refuse(sale, error)
        continue
      }
      failure ??= failureOf(error)
      if (!isStumble(error)) break
    }
  }
  if (failure !== queue.get().failure) queue.set({ ...queue.get(), failure })
}

/** Null without an answer: that the till is away is said elsewhere. */
function failureOf(error: unknown): string | null {
  if (!(error instanceof ApiError)) return String(error)
  // What this person may do has changed: the page shows it as soon as it knows.
  if (error.status === 403) void queryClient.invalidateQueries({ queryKey: keys.me })
  return error.status === 0 ? null : error.message
}

/** A refused sale, sent once more: with a manager's decision, or as it was. @throws ApiError */
export async function sendRefused(
  sale: QueuedSale,
  decision: NewSale['decision'] | null,
): Promise<SaleAnswer> {
  try {
    const answer = await post({ ...sale.body, ...(decision && { decision }) })
    await settle(sale, answer)
    return answer
  } catch (error) {
    if (isRefusal(error)) await refuse(sale, error)
    throw error
  }
}

/** A refused sale is never booked: the server notes why, then the device forgets it. @throws ApiError */
export async function discardRefused(
  sale: QueuedSale,
  why: Pick<NewDiscard, 'reason' | 'note'>,
): Promise<void> {
  const { sale_id, items, sold_by, taken_at } = sale.body
  const body = {
    sale_id,
    items: items.map(({ product_id, quantity }) => ({ product_id, quantity })),
    total_cents: sale.facts.total_cents,
    sold_by,
    taken_at,
    ...why,
  }
  await api.post('/counter/discards', body, { 'idempotency-key': sale_id }, answerSoon())
  await remove('sales', sale.seq)
  await changed()
}

function post(body: NewSale): Promise<SaleAnswer> {
  return api.post<SaleAnswer>('/counter/sales', body, {}, answerSoon())
}

/** A connection that died silently must not hold the sales up. */
const LONGEST_MS = 15_000

function answerSoon(): AbortSignal {
  return AbortSignal.timeout(LONGEST_MS)
}

async function refuse(sale: QueuedSale, error: ApiError): Promise<void> {
  await put('sales', { ...sale, refusal: refusalOf(error) })
  await changed()
}

async function settle({ seq, body }: QueuedSale, answer: SaleAnswer): Promise<void> {
  await remove('sales', seq)
  const answers = new Map(queue.get().answers).set(body.sale_id, answer)
  queue.set({ ...queue.get(), answers })
  await changed()
  void queryClient.invalidateQueries({ queryKey: keys.orders })
  void queryClient.invalidateQueries({ queryKey: keys.inventory })
}

/** The server has understood and says no; anything else may pass. */
function isRefusal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false
  const { status, code } = error
  if (status === 403) return code === 'DISCOUNT_NEEDS_MANAGER'
  return [400, 409, 422].includes(status)
}

/** Its own mistake with this one request: the shop is there otherwise. */
function isStumble(error: unknown): boolean {
  return error instanceof ApiError && error.status === 500
}

function refusalOf({ code, message, details }: ApiError): Refusal {
  const shortages = code === 'OUT_OF_STOCK' ? (details as Refusal['shortages']) : []
  return { code, message, shortages }
}

/** One tab sends at a time, where the browser can see to that; otherwise the server sorts it out. */
function exclusively(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as { locks?: LockManager }
  return locks ? locks.request('petshop-counter-queue', work) : work()
}

/** A fallback for networks that come back without saying so. */
const LOOK_EVERY_MS = 10_000

/** While the counter is open. */
export function keepSending(): () => void {
  // Where the browser keeps nothing, a sale says so when it is completed.
  void readQueue().then(sendWaiting, () => undefined)
  const look = () => void sendWaiting()
  const stop = whenReconnected(look)
  window.addEventListener('online', look)
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    stop()
    window.removeEventListener('online', look)
    clearInterval(timer)
  }
}
