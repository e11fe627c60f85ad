// Owns backups in a bucket (Amazon S3 and what speaks like it): each was read back and compared before it counts.
import { AwsClient } from 'aws4fetch'
import { createHash } from 'node:crypto'
import { createWriteStream, openAsBlob } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import { partialPath } from '../db/backup/partial.ts'
import { timeOfBackup } from './names.ts'
import { bodyOf, type Place, read, silent, textOf } from './remote-answers.ts'
import type { RemoteConfig } from './settings.ts'

export interface RemoteBackup {
  readonly name: string
  readonly bytes: number
  /** Epoch milliseconds. */
  readonly created_at: number
}

export interface RemoteBackups {
  /** For people. */
  readonly place: string
  /** Newest first; nothing else that lies there. */
  list(): Promise<RemoteBackup[]>
  /** Streamed, then read back and compared. A file of that name is replaced. */
  upload(file: string, name: string): Promise<void>
  /** Streamed, and there only when it is what was sent. */
  download(name: string, file: string): Promise<void>
  remove(name: string): Promise<void>
}

/** Above it a file goes in pieces of this size: at most 10,000, which makes 640 GB. */
const PIECE_BYTES = 64 * 1024 * 1024
const HASH = 'x-amz-meta-sha256'

interface Call {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Blob | string
  /** Also when all else is broken off. */
  readonly always?: boolean
}

interface Bucket extends Place {
  /** Of the bucket itself, and what stands before each name in it. */
  readonly bucketUrl: string
  readonly prefix: string
  urlOf(name: string): string
  call(target: string, given: Call): Promise<Response>
  /** With a body whose hash is signed; `hash` is kept beside the file. */
  send(target: string, method: string, body: Blob | string, hash?: string): Promise<Response>
}

interface RemoteOptions {
  readonly signal?: AbortSignal
  readonly pieceBytes?: number
}

/** Every function throws StartupError: the place doesn't answer, refuses, or gives back something else. */
export function openRemote(config: RemoteConfig, options: RemoteOptions = {}): RemoteBackups {
  const bucket = openBucket(config, options.signal)
  const pieceBytes = options.pieceBytes ?? PIECE_BYTES
  return {
    place: config.url,
    list: () => listAll(bucket),
    async upload(path, name) {
      const target = bucket.urlOf(name)
      const file = await openAsBlob(path)
      const hash = await sha256Of(file.stream())
      try {
        if (file.size > pieceBytes) await sendPieces(bucket, { target, file, hash, pieceBytes })
        else await textOf(bucket, await bucket.send(target, 'PUT', file, hash))
        const back = await read(bucket, target, (answer) => sha256Of(bodyOf(bucket, answer)))
        if (back !== hash) throw different(target)
      } catch (error) {
        // What nobody has proved must not be taken for a backup.
        await bucket.call(target, { method: 'DELETE', always: true }).catch(() => null)
        throw error
      }
    },
    async download(name, file) {
      const target = bucket.urlOf(name)
      await read(bucket, target, (answer) => save(bucket, answer, file, target))
    },
    async remove(name) {
      await textOf(bucket, await bucket.call(bucket.urlOf(name), { method: 'DELETE' }))
    },
  }
}

function openBucket({ url, region, key, secret }: RemoteConfig, signal?: AbortSignal): Bucket {
  const client = new AwsClient({
    ...{ accessKeyId: key, secretAccessKey: secret, service: 's3', region, retries: 4 },
  })
  const [, bucket = '', ...folder] = new URL(url).pathname.split('/')

  const heed = () => signal?.throwIfAborted()

  async function call(target: string, { method, headers, body, always }: Call): Promise<Response> {
    const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) }
    let answer: Response
    try {
      answer = await client.fetch(target, signal && !always ? { ...init, signal } : init)
    } catch (error) {
      heed()
      throw silent(url, error)
    }
    if (answer.ok) return answer
    const told =
      /<Code>([^<]+)</.exec(await textOf({ place: url, heed }, answer))?.[1] ??
      `status ${answer.status}`
    throw new StartupError(`${url} refuses ${method} (${told}).`, EXIT.unavailable)
  }

  return {
    place: url,
    bucketUrl: new URL(`/${bucket}`, url).href,
    prefix: folder.map((part) => `${part}/`).join(''),
    urlOf: (name) => `${url}/${name}`,
    call,
    heed,
    async send(target, method, body, hash) {
      const signed = { 'x-amz-content-sha256': await sha256Of(new Blob([body]).stream()) }
      return call(target, { method, body, headers: hash ? { ...signed, [HASH]: hash } : signed })
    },
  }
}

interface Pieces {
  readonly target: string
  readonly file: Blob
  readonly hash: string
  readonly pieceBytes: number
}

async function sendPieces(
  bucket: Bucket,
  { target, file, hash, pieceBytes }: Pieces,
): Promise<void> {
  const { call, send } = bucket
  const begun = await call(`${target}?uploads`, { method: 'POST', headers: { [HASH]: hash } })
  const id = encodeURIComponent(tagIn(await textOf(bucket, begun), 'UploadId') ?? '')
  try {
    const parts: string[] = []
    for (let from = 0; from < file.size; from += pieceBytes) {
      const number = parts.length + 1
      const piece = file.slice(from, from + pieceBytes)
      const sent = await send(`${target}?partNumber=${number}&uploadId=${id}`, 'PUT', piece)
      const tag = sent.headers.get('etag') ?? ''
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${tag}</ETag></Part>`)
    }
    const all = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
    const end = await textOf(bucket, await send(`${target}?uploadId=${id}`, 'POST', all))
    // It may be refused after the answer has begun with 200.
    if (end.includes('<Error>')) throw new StartupError(`${target} is refused.`, EXIT.unavailable)
  } catch (error) {
    // What is left over would be paid for, and seen by nobody.
    await call(`${target}?uploadId=${id}`, { method: 'DELETE', always: true }).catch(() => null)
    throw error
  }
}

async function listAll(bucket: Bucket): Promise<RemoteBackup[]> {
  const { bucketUrl, prefix } = bucket
  const found: RemoteBackup[] = []
  let more = ''
  do {
    const query = `list-type=2&prefix=${encodeURIComponent(prefix)}${more}`
    const page = await read(bucket, `${bucketUrl}?${query}`, (answer) => textOf(bucket, answer))
    for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const name = (tagIn(entry, 'Key') ?? '').slice(prefix.length)
      const created_at = timeOfBackup(name)
      if (created_at !== null) found.push({ name, bytes: Number(tagIn(entry, 'Size')), created_at })
    }
    const next = tagIn(page, 'NextContinuationToken')
    more = next ? `&continuation-token=${encodeURIComponent(next)}` : ''
  } while (more)
  return found.sort((one, other) => other.created_at - one.created_at)
}

/** There under its name only when it is what was sent. */
async function save(bucket: Bucket, answer: Response, file: string, target: string): Promise<void> {
  const part = partialPath(file)
  const hash = createHash('sha256')
  const bytes = async function* () {
    for await (const chunk of bodyOf(bucket, answer)) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(bytes, createWriteStream(part, { mode: 0o600, flush: true }))
    const sent = answer.headers.get(HASH)
    if (sent !== null && hash.digest('hex') !== sent) throw different(target)
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
}

function tagIn(xml: string, tag: string): string | null {
  const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
  return text?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null
}

/** Never more than a piece of it in memory. */
async function sha256Of(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex')
}

function different(place: string): StartupError {
  return new StartupError(`${place} is not what was sent: it differs by its SHA-256.`, EXIT.data)
}
