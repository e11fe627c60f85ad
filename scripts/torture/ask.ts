// Owns one request of a client of the torture: it can be cut at a chosen moment, and its answer is never believed twice.
import { Agent, request } from 'node:http'
import type { ReplyBody } from '../../tests/support/load.ts'

/** Where the client breaks the line: before anything came back, after the head, in the middle of the body. */
export type Cut = 'sent' | 'head' | 'body'

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly token?: string
  readonly key?: string
  readonly body?: unknown
  readonly cut?: Cut | null
  readonly timeoutMs: number
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | undefined
  /** Milliseconds from asking to the last byte. */
  readonly ms: number
}

/** `refused`: nobody listens there, nothing was sent. `timeout` and `broken`: it may have been done or not. */
export type Told = Answer | 'refused' | 'timeout' | 'broken'

export interface Caller {
  ask(url: string, asked: Asked): Promise<Told>
  close(): void
}

/** Connections are kept, as by a browser or a proxy; of each process so many at most. */
export function openCaller(most = Infinity): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: most })
  return { ask: (url, asked) => send(agent, url, asked), close: () => agent.destroy() }
}

function send(agent: Agent, url: string, asked: Asked): Promise<Told> {
  const { hostname, port } = new URL(url)
  const { method, path, cut } = asked
  const body = asked.body === undefined ? '' : JSON.stringify(asked.body)
  const begun = performance.now()
  return new Promise((resolve) => {
    const sent = request({ agent, hostname, port, method, path, headers: headersOf(asked, body) })
    const timer = setTimeout(() => {
      resolve('timeout')
      sent.destroy()
    }, asked.timeoutMs)
    const end = (told: Told) => {
      clearTimeout(timer)
      resolve(told)
    }
    sent.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? 'refused' : 'broken'),
    )
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      if (cut === 'head') sent.destroy()
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (cut === 'body') sent.destroy()
      })
      response.on('error', () => end('broken'))
      response.on('close', () => {
        if (!response.complete || cut) return end('broken')
        end({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          retryAfter: response.headers['retry-after'],
          ms: performance.now() - begun,
        })
      })
    })
    sent.end(body, () => {
      if (cut === 'sent') sent.destroy()
    })
  })
}

function headersOf({ token, key }: Asked, body: string): Record<string, string> {
  return {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(body === ''
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        }),
  }
}

export function bodyOf({ text }: Answer): ReplyBody {
  try {
    return JSON.parse(text) as ReplyBody
  } catch {
    return {}
  }
}

/** Not an answer to the order itself: it may be asked again. */
export function isLater({ status, text }: Answer): boolean {
  return status === 503 || status === 429 || text.includes('"IDEMPOTENCY_IN_PROGRESS"')
}
