// Owns what a visitor does through a proxy: one request, one answer, nothing asked twice; and a page that listens.
import { Agent, get, request, type RequestOptions } from 'node:https'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As it was sent: compressed, if it was. */
  readonly body: Buffer
}

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Whose address the proxy sees: 127.0.0.FROM. */
  readonly from?: number
}

export type Ask = (path: string, asked?: Asked) => Promise<Answer>

const NAME = 'shop.example.com'
const PATIENCE_MS = 30_000

/** A browser at each of some addresses. The certificate is our own: it is taken unseen. */
export function openClient(port: number): { readonly ask: Ask; close(): void } {
  const agents = new Map<number, Agent>()
  const agentOf = (from: number) => {
    const agent = agents.get(from) ?? new Agent({ keepAlive: true, maxSockets: 50 })
    agents.set(from, agent)
    return agent
  }
  return {
    ask: (path, { method = 'GET', headers = {}, body, from = 1 } = {}) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      const own = text === '' ? {} : { 'content-type': 'application/json' }
      const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(text)) } : {}
      return send(
        {
          ...address(port, from),
          path,
          method,
          agent: agentOf(from),
          headers: { host: NAME, ...own, ...length, ...headers },
        },
        text,
      )
    },
    close: () => agents.forEach((agent) => agent.destroy()),
  }
}

function address(port: number, from: number): RequestOptions {
  return {
    host: '127.0.0.1',
    port,
    localAddress: `127.0.0.${from}`,
    servername: NAME,
    rejectUnauthorized: false,
  }
}

function send(options: RequestOptions, text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)))
    sent.on('error', reject)
    sent.end(text)
  })
}

export interface Heard {
  readonly id: number
  readonly order_id: number | undefined
  readonly at: number
}

/** As a browser's EventSource: it connects anew after a while, and says what it has seen last. */
export interface Listener {
  readonly heard: readonly Heard[]
  /** How often the line was broken. */
  readonly cuts: () => number
  /** What a browser would give up over: any answer but 200. */
  readonly refusals: readonly string[]
  close(): void
}

/** What the program tells browsers to wait is 2 s; patience would prove nothing more here. */
const RECONNECT_MS = 300

/** Resolves when the stream is open, or refused. */
export async function listen(port: number, token: string): Promise<Listener> {
  const heard: Heard[] = []
  const refusals: string[] = []
  const stopped = new AbortController()
  let cuts = -1

  async function connect(onOpen: () => void): Promise<void> {
    const seen = heard.at(-1)?.id
    const sent = get({
      ...address(port, 1),
      path: '/api/notifications/stream?lang=en',
      agent: false,
      signal: stopped.signal,
      headers: {
        host: NAME,
        authorization: `Bearer ${token}`,
        accept: 'text/event-stream',
        'accept-encoding': 'gzip, br',
        ...(seen === undefined ? {} : { 'last-event-id': String(seen) }),
      },
    })
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const ended = new Promise<void>((resolve) => response.once('close', resolve))
    response.on('error', () => undefined)
    if (response.statusCode !== 200 || response.headers['content-encoding'] !== undefined) {
      const coding = response.headers['content-encoding'] ?? 'not compressed'
      refusals.push(`the live line: ${response.statusCode}, ${coding}`)
      response.destroy()
      onOpen()
    }
    readEvents(response, (event) => heard.push(event), onOpen)
    await ended
  }

  const opened = new Promise<void>((onOpen) => {
    void (async () => {
      while (!stopped.signal.aborted) {
        cuts++
        // A proxy that isn't there is a cut like any other.
        await connect(onOpen).catch(() => undefined)
        await sleep(RECONNECT_MS)
      }
    })()
  })
  await opened
  return { heard, cuts: () => cuts, refusals, close: () => stopped.abort() }
}

function readEvents(stream: IncomingMessage, onEvent: (event: Heard) => void, onText: () => void) {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    onText()
    const blocks = `${rest}${text}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1]
      const order_id = /"order_id":(\d+)/.exec(block)?.[1]
      if (id !== undefined)
        onEvent({
          id: Number(id),
          order_id: order_id === undefined ? undefined : Number(order_id),
          at: performance.now(),
        })
    }
  })
}
