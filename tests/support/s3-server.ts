// Owns a small bucket that speaks S3: it checks every signature by its own reckoning, and can be told to misbehave.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll } from 'vitest'

export interface S3Server {
  /** Of a folder in the bucket. */
  readonly url: string
  readonly key: string
  readonly secret: string
  readonly region: string
  /** What lies in the bucket, by its key. */
  readonly objects: Map<string, { bytes: Buffer; hash: string }>
  /** Uploads in pieces that were begun and neither ended nor given up. */
  readonly uploads: Map<string, { key: string; hash: string; pieces: Map<number, Buffer> }>
  /** Methods and paths, as they came. */
  readonly calls: string[]
  /** Answers instead of it, when it returns a status. */
  interfere: (method: string, path: string) => number | null
  /** So many next bodies break off in the middle. */
  breakOff: number
  stop(): Promise<void>
}

const BUCKET = '/shop'
/** Small, so that lists come in several pages. */
const PAGE = 2

/** Stopped with the test file at the latest. */
export async function startS3(): Promise<S3Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => fail(response, 500, error.message))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const s3: S3Server = {
    url: `http://127.0.0.1:${port}${BUCKET}/petshop`,
    ...{ key: 'AKIATEST', secret: 'a/secret+with=signs', region: 'eu-central-1' },
    ...{ objects: new Map(), uploads: new Map(), calls: [], interfere: () => null, breakOff: 0 },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  afterAll(() => s3.stop())

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const body = await buffer(request)
    s3.calls.push(`${request.method} ${url.pathname}${url.search}`)
    const status = s3.interfere(request.method ?? '', url.pathname + url.search)
    if (status !== null) return fail(response, status, 'AccessDenied')
    const wrong = problemOf(s3, request, url, body)
    if (wrong) return fail(response, 403, wrong)
    const key = decodeURIComponent(url.pathname).slice(BUCKET.length + 1)
    const hash = String(request.headers['x-amz-meta-sha256'] ?? '')
    if (key === '') return void response.end(listOf(s3, url.searchParams))
    const id = url.searchParams.get('uploadId')
    if (url.searchParams.has('uploads')) return void response.end(begin(s3, key, hash))
    if (id !== null) return piece(s3, { id, request, url, body, response })
    object(s3, { key, hash, request, body, response })
  }
  return s3
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)
}

interface Given {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
}

function object(
  s3: S3Server,
  { key, hash, request, body, response }: Given & { key: string; hash: string },
): void {
  const { objects } = s3
  const found = objects.get(key)
  if (request.method === 'PUT') objects.set(key, { bytes: body, hash })
  if (request.method === 'DELETE') objects.delete(key)
  if (request.method !== 'GET') return void response.end()
  if (!found) return fail(response, 404, 'NoSuchKey')
  response.writeHead(200, {
    'x-amz-meta-sha256': found.hash,
    'content-length': found.bytes.length,
  })
  if (s3.breakOff === 0) return void response.end(found.bytes)
  s3.breakOff--
  response.write(found.bytes.subarray(0, found.bytes.length / 2), () => response.destroy())
}

function begin({ uploads }: S3Server, key: string, hash: string): string {
  const id = `upload+${uploads.size + 1}/`
  uploads.set(id, { key, hash, pieces: new Map() })
  return `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`
}

function piece(
  { objects, uploads }: S3Server,
  { id, request, url, body, response }: Given & { id: string; url: URL },
): void {
  const upload = uploads.get(id)
  if (!upload) return fail(response, 404, 'NoSuchUpload')
  if (request.method === 'PUT') {
    const number = Number(url.searchParams.get('partNumber'))
    upload.pieces.set(number, body)
    return void response.writeHead(200, { etag: `"${number}"` }).end()
  }
  uploads.delete(id)
  if (request.method === 'DELETE') return void response.writeHead(204).end()
  const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\d+)"/g)]
  const bytes = Buffer.concat(named.map(([, number]) => upload.pieces.get(Number(number))!))
  objects.set(upload.key, { bytes, hash: upload.hash })
  response.end('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>')
}

function listOf({ objects }: S3Server, query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort()
  const page = keys.slice(0, PAGE)
  const entries = page.map(
    (key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.bytes.length}</Size></Contents>`,
  )
  const next =
    keys.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  return `<ListBucketResult>${entries.join('')}${next}</ListBucketResult>`
}

/** Amazon's Signature Version 4, as its documentation tells it. */
function problemOf(s3: S3Server, request: IncomingMessage, url: URL, body: Buffer): string | null {
  const [, scope = '', names = '', given = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
      request.headers.authorization ?? '',
    ) ?? []
  const [key, day = '', ...rest] = scope.split('/')
  if (key !== s3.key || rest.join('/') !== `${s3.region}/s3/aws4_request`)
    return 'InvalidAccessKeyId'
  const told = String(request.headers['x-amz-content-sha256'] ?? '')
  if (told !== 'UNSIGNED-PAYLOAD' && told !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const signed = names.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((it) => signed.includes(it)))
    return 'AccessDenied'
  const query = [...url.searchParams]
    .map((pair) => pair.map(encode).join('='))
    .sort()
    .join('&')
  const headers = signed.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('')
  const path = decodeURIComponent(url.pathname).split('/').map(encode).join('/')
  const canonical = [request.method, path, query, headers, names, told].join('\n')
  const time = String(request.headers['x-amz-date'])
  const text = ['AWS4-HMAC-SHA256', time, [day, ...rest].join('/'), sha256(canonical)].join('\n')
  const signing = [day, ...rest].reduce<Buffer | string>(hmac, `AWS4${s3.secret}`)
  const right = hmac(signing, text).toString('hex')
  const isRight =
    right.length === given.length && timingSafeEqual(Buffer.from(right), Buffer.from(given))
  return isRight && time.startsWith(day) ? null : 'SignatureDoesNotMatch'
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
