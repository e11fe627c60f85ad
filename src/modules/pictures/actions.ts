// Owns taking pictures in, holding those that are being named, and forgetting those that nobody names.
import { createHash } from 'node:crypto'
import type { createQueue } from '../../lib/queue.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { encode } from './encode.ts'
import { pictureUnknown, pictureUnreadable, refusalError } from './errors.ts'
import { isLarge, judgeUpload, nameInUrl, pictureName, pictureUrl } from './rules.ts'
import type { Picture } from './schema.ts'
import {
  deletePictures,
  holdNames,
  insertPicture,
  knownNames,
  listOlder,
  lockOlder,
  type PictureRow,
} from './store.ts'

type Queue = ReturnType<typeof createQueue>

export interface PicturesContext {
  readonly store: Store
  /** Lets few work at a time. */
  readonly inTurn: Queue
  /** Lets large ones work one by one. */
  readonly alone: Queue
}

/** Which of these addresses somebody's table names. */
export type NamedUrls = (
  reader: Reader,
  urls: readonly string[],
) => Promise<ReadonlySet<string> | readonly string[]>

/**
 * Checks, makes small and keeps a picture. The same picture again is the same name.
 * @throws WRONG_MEDIA_TYPE, PICTURE_UNREADABLE, PICTURE_TOO_LARGE, PICTURES_BUSY
 */
export async function takePicture(
  { store, inTurn, alone }: PicturesContext,
  bytes: Uint8Array,
  now: number,
): Promise<Picture> {
  const verdict = judgeUpload(bytes)
  if ('refusal' in verdict) throw refusalError(verdict)
  const { header } = verdict
  const work = () => inTurn(() => encode(bytes, header))
  const encoded = await (isLarge(header) ? alone(work) : work())
  if (!encoded) throw pictureUnreadable()
  const { content, width, height } = encoded
  const name = pictureName(createHash('sha256').update(content).digest('hex'))
  await addPictures(store, [{ name, content_type: 'image/webp', content, created_at: now }])
  return { image_url: pictureUrl(name), width, height, bytes: content.length }
}

/** Keeps pictures as they are; for the shop's own, which need no check. */
export async function addPictures(store: Store, rows: readonly PictureRow[]): Promise<void> {
  await store.transaction(async (trx) => {
    for (const row of rows) await insertPicture(store, trx, row)
  }, runAgain)
}

/**
 * For the transaction that writes these addresses somewhere: the upkeep, which may be about to delete one of
 * the pictures, waits for its end and then finds them named.
 * @returns the addresses of pictures that the shop hasn't got
 */
export async function holdPicturesOf(
  store: Store,
  trx: Trx,
  urls: readonly (string | null | undefined)[],
): Promise<string[]> {
  return lostOf(urls, (names) => holdNames(store, trx, names))
}

/** The addresses of pictures that the shop hasn't got. */
export function lostPictures(reader: Reader, urls: readonly string[]): Promise<string[]> {
  return lostOf(urls, (names) => knownNames(reader, names))
}

async function lostOf(
  urls: readonly (string | null | undefined)[],
  find: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<string[]> {
  const names = urls.map((url) => (url ? nameInUrl(url) : null)).filter((name) => name !== null)
  const lost: string[] = []
  for (let i = 0; i < names.length; i += PAGE) {
    const asked = names.slice(i, i + PAGE)
    const known = new Set(await find(asked))
    lost.push(...asked.filter((name) => !known.has(name)).map(pictureUrl))
  }
  return lost
}

/** @throws PICTURE_UNKNOWN when a picture of the shop's own was deleted, or never there */
export async function holdPicture(
  store: Store,
  trx: Trx,
  field: string,
  url: string | null | undefined,
): Promise<void> {
  await holdPictures(store, trx, field, url ? [url] : [])
}

/** @throws PICTURE_UNKNOWN when one of the pictures is not there */
export async function holdPictures(
  store: Store,
  trx: Trx,
  field: string,
  urls: readonly string[],
): Promise<void> {
  const lost = await holdPicturesOf(store, trx, urls)
  if (lost.length === 0) return
  throw pictureUnknown({ params: { field }, details: [{ field, problem: 'is not there' }] })
}

/** Between an upload and the product that shows it lies a form that somebody fills in. */
const DAY_MS = 24 * 3600 * 1000
const PAGE = 500
/** Pictures in one transaction: they are large, and others wait. */
const ROUND = 50

/** @param namedBy everybody who may name a picture */
export async function deleteUnnamed(
  store: Store,
  namedBy: readonly NamedUrls[],
  now: number,
): Promise<void> {
  const before = now - DAY_MS
  let last = ''
  for (;;) {
    const names = await listOlder(store.db, before, last, PAGE)
    const unnamed = await keepUnnamed(store.db, namedBy, names)
    for (let i = 0; i < unnamed.length; i += ROUND) {
      await deleteRound(store, namedBy, unnamed.slice(i, i + ROUND), before)
    }
    const end = names.at(-1)
    if (end === undefined || names.length < PAGE) return
    last = end
  }
}

/** Asks again once they are locked: somebody may have named one a moment ago. */
async function deleteRound(
  store: Store,
  namedBy: readonly NamedUrls[],
  names: readonly string[],
  before: number,
): Promise<void> {
  await store.transaction(async (trx) => {
    const locked = await lockOlder(store, trx, names, before)
    const unnamed = await keepUnnamed(trx, namedBy, locked)
    if (unnamed.length > 0) await deletePictures(trx, unnamed)
  }, runAgain)
}

async function keepUnnamed(
  reader: Reader,
  namedBy: readonly NamedUrls[],
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return []
  const urls = names.map(pictureUrl)
  const named = new Set<string>()
  for (const ask of namedBy) for (const url of await ask(reader, urls)) named.add(url)
  return names.filter((name) => !named.has(pictureUrl(name)))
}
