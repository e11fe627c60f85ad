// Owns one conversation over a socket: raw bytes out, whole answers in, a new line when the old one is gone.
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Without parameters, small letters; empty when there is none. */
  readonly type: string
  readonly body: string
}

/** `closed`: the line was cut without an answer; `silent`: nothing came in time. */
export type Heard = RawAnswer | 'closed' | 'silent'

export interface Connection {
  /** @param isHead the answer to HEAD has no body, whatever length it names */
  ask(bytes: Buffer, isHead: boolean, patienceMs?: number): Promise<Heard>
  /** The next question goes over a new line. */
  renew(): void
}

const PATIENCE_MS = 60_000
const HEAD_END = Buffer.from('\r\n\r\n')

export function openConnection(port: number): Connection {
  let socket: Socket | null = null

  const renew = () => {
    socket?.destroy()
    socket = null
  }

  return {
    renew,
    ask(bytes, isHead, patienceMs = PATIENCE_MS) {
      socket ??= connect({ port, host: '127.0.0.1', noDelay: true })
      const line = socket
      return new Promise((resolve) => {
        let heard: Buffer = Buffer.alloc(0)
        const end = (answer: Heard, keep: boolean) => {
          clearTimeout(timer)
          line.removeAllListeners('data').removeAllListeners('close').removeAllListeners('error')
          line.on('error', () => undefined)
          if (!keep) renew()
          resolve(answer)
        }
        const timer = setTimeout(() => end('silent', false), patienceMs)
        line.on('error', () => undefined)
        line.on('close', () => end(closedAnswer(heard) ?? 'closed', false))
        line.on('data', (chunk: Buffer) => {
          heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk])
          const taken = takeAnswer(heard, isHead)
          if (taken) end(taken.answer, taken.keep)
        })
        line.write(bytes)
      })
    },
  }
}

interface Taken {
  readonly answer: RawAnswer
  /** False when the line can't be used again. */
  readonly keep: boolean
}

/** The first whole answer; null: more must come. */
export function takeAnswer(bytes: Buffer, isHead: boolean): Taken | null {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
  const named = (name: string) =>
    new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1]?.toLowerCase()
  const type = named('content-type')?.split(';')[0]?.trim() ?? ''
  const rest = bytes.subarray(end + HEAD_END.length)
  const isEndless = type === 'text/event-stream'
  const keep = named('connection') !== 'close' && !isEndless
  const answer = (body: string) => ({ answer: { status, type, body }, keep })
  if (status < 200) return takeAnswer(rest, isHead)
  if (isHead || isEndless || status === 204 || status === 304) return answer('')
  if (named('transfer-encoding') === 'chunked') {
    const body = unchunked(rest)
    return body === null ? null : answer(body)
  }
  const length = Number(named('content-length') ?? NaN)
  if (Number.isNaN(length)) return null
  return rest.length < length ? null : answer(rest.toString('utf8', 0, length))
}

/** An answer without a length ends with its line. */
function closedAnswer(heard: Buffer): RawAnswer | null {
  const end = heard.indexOf(HEAD_END)
  if (end < 0) return null
  const taken = takeAnswer(
    Buffer.concat([
      heard.subarray(0, end),
      Buffer.from(`\r\ncontent-length: ${heard.length - end - 4}`),
      heard.subarray(end),
    ]),
    false,
  )
  return taken?.answer ?? null
}

function unchunked(bytes: Buffer): string | null {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return null
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16)
    const next = end + 2 + length + 2
    if (next > bytes.length) return null
    if (length === 0) return Buffer.concat(parts).toString('utf8')
    parts.push(bytes.subarray(end + 2, end + 2 + length))
    at = next
  }
}
