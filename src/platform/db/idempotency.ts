// Owns remembered answers: a repeated request with the same key gets the first one's answer, word for word.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { defineError } from '../../lib/errors.ts'
import type { Store, Trx } from './store.ts'
import { TryAgain } from './transactions.ts'
import { updateEach } from './update-each.ts'

/** A request that its caller marked with an Idempotency-Key. */
export interface KeyedRequest {
  /** SHA-256 of user, route and key, hex: the key means nothing outside of that scope. */
  readonly keyHash: string
  /** HMAC-SHA-256 of the body, keyed with the key itself, hex. */
  readonly bodyHash: string
}

export const keyReused = defineError('IDEMPOTENCY_KEY_REUSED', 422, {
  zh: '这次提交与之前的一次用了同一个编号（Idempotency-Key），内容却不同。请刷新页面再试；程序请换一个编号。',
  en: 'Something else was sent before under the same Idempotency-Key. Reload the page and try again; a program takes another key.',
})
export const keyInProgress = defineError('IDEMPOTENCY_IN_PROGRESS', 409, {
  zh: '相同的请求还在处理中，请稍后再试。',
  en: 'The same request is still being worked on; try again in a moment.',
})

const RETENTION_MS = 30 * 24 * 3600 * 1000

/** `fresh`: this transaction owns the key now. Otherwise the answer that was given, or why there is none. */
export type Claim =
  | { readonly state: 'fresh' }
  | { readonly state: 'answered'; readonly response: string }
  | { readonly state: 'reused' }
  | { readonly state: 'in_progress' }

/**
 * Claims keys for this transaction: inserted in sorted order, so that two transactions can't wait for each
 * other in a circle, ignoring those that exist; then all are read. Each key may stand in `requests` once.
 * @returns the claims by key hash
 */
export async function claimKeys(
  store: Store,
  trx: Trx,
  requests: readonly KeyedRequest[],
  now: number,
): Promise<Map<string, Claim>> {
  if (requests.length === 0) return new Map()
  const mine = `${CLAIMED}${randomUUID()}`
  const sorted = requests.toSorted((a, b) => (a.keyHash < b.keyHash ? -1 : 1))
  await insertClaims(store, trx, sorted, mine, now)
  const rows = await trx
    .selectFrom('idempotency_keys')
    .select(['key_hash', 'body_hash', 'response'])
    .where(
      'key_hash',
      'in',
      sorted.map((request) => request.keyHash),
    )
    .execute()
  const found = new Map(rows.map((row) => [row.key_hash, row]))
  return new Map(sorted.map((request) => [request.keyHash, judge(request, found, mine)]))
}

/** Where several may write, this waits for whoever is working on the same key; then theirs is there to be read. */
async function insertClaims(
  store: Store,
  trx: Trx,
  requests: readonly KeyedRequest[],
  mine: string,
  now: number,
): Promise<void> {
  const rows = requests.map((request) => ({
    key_hash: request.keyHash,
    body_hash: request.bodyHash,
    response: mine,
    created_at: now,
  }))
  try {
    await store.dialect.ignoreConflicts(trx.insertInto('idempotency_keys').values(rows)).execute()
  } catch (error) {
    if (store.dialect.classify(error) !== 'transient') throw error
    throw new TryAgain(keyInProgress())
  }
}

/** Stands in `response` while the first request is under way; never committed. */
const CLAIMED = 'claimed '

function judge(
  request: KeyedRequest,
  rows: ReadonlyMap<string, { body_hash: string; response: string }>,
  mine: string,
): Claim {
  const row = rows.get(request.keyHash)
  if (row?.response === mine) return { state: 'fresh' }
  if (!row || row.response.startsWith(CLAIMED)) return { state: 'in_progress' }
  if (row.body_hash !== request.bodyHash) return { state: 'reused' }
  return { state: 'answered', response: row.response }
}

export interface Answer {
  readonly keyHash: string
  /** JSON of the body. */
  readonly response: string
}

/** Keeps the answers of claimed keys, in one statement. */
export async function keepAnswers(
  store: Store,
  trx: Trx,
  answers: readonly Answer[],
): Promise<void> {
  await updateEach(store, trx, {
    table: 'idempotency_keys',
    columns: { hash: 'text', answer: 'text' },
    rows: answers.map(({ keyHash, response }) => [keyHash, response]),
    set: sql`response = list.answer`,
    where: sql`idempotency_keys.key_hash = list.hash`,
  })
}

/** Frees the keys of requests that were refused: only success is remembered. */
export async function releaseKeys(trx: Trx, keyHashes: readonly string[]): Promise<void> {
  if (keyHashes.length === 0) return
  await trx.deleteFrom('idempotency_keys').where('key_hash', 'in', keyHashes).execute()
}

/**
 * Runs `work` once per key: a repetition gets the first answer. Without a key it just runs.
 * @throws IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS
 */
export async function once<T>(
  store: Store,
  trx: Trx,
  request: KeyedRequest | null,
  now: number,
  work: () => Promise<T>,
): Promise<T> {
  if (!request) return work()
  const claim = (await claimKeys(store, trx, [request], now)).get(request.keyHash)
  switch (claim?.state) {
    case 'answered':
      return JSON.parse(claim.response) as T
    case 'reused':
      throw keyReused()
    case 'fresh': {
      const value = await work()
      await keepAnswers(store, trx, [{ keyHash: request.keyHash, response: JSON.stringify(value) }])
      return value
    }
    default:
      throw keyInProgress()
  }
}

/** Forgets keys older than 30 days. */
export async function pruneKeys(trx: Trx, now: number): Promise<void> {
  await trx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', now - RETENTION_MS)
    .execute()
}
