// Owns thousands of connected customers in a process of its own: each listens, and what they hear is written down.
import { connect, type Socket } from 'node:net'
import { answerCalls, monotonicMs } from './calls.ts'
import { createEventReader, type ServerEvent } from './event-stream.ts'

export interface ConnectJob {
  readonly url: string
  /** One connection for each; the listener's number is its place here, counted on over all calls. */
  readonly tokens: readonly string[]
}

export interface Connected {
  /** The first one's number; the others follow. */
  readonly first: number
  readonly refused: number
}

/** What was heard of orders, in the order in which it came. */
export interface Heard {
  readonly listeners: Int32Array
  readonly orderIds: Float64Array
  /** On the machine's clock: `monotonicMs`. */
  readonly at: Float64Array
  /** Connections that have ended by themselves. */
  readonly lost: number
}

export type ListenersFunctions = {
  connect(job: ConnectJob): Promise<Connected>
  /** What was heard since the last time. */
  heard(argument: null): Promise<Heard>
  /** Ends all connections. */
  leave(argument: null): Promise<void>
}

/** The system's queue of connections that wait to be accepted is short. */
const AT_ONCE = 100
const PATIENCE_MS = 20_000

const sockets = new Set<Socket>()
let listeners: number[] = []
let orderIds: number[] = []
let times: number[] = []
let count = 0
let lost = 0

async function connectAll({ url, tokens }: ConnectJob): Promise<Connected> {
  const { hostname, port } = new URL(url)
  const first = count
  const waiting = tokens.map((token, i) => ({ token, listener: first + i }))
  count += tokens.length
  let connected = 0
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (await listen(hostname, Number(port), one.token, one.listener)) connected++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { first, refused: tokens.length - connected }
}

/** Resolves when the stream has begun, or won't. */
function listen(host: string, port: number, token: string, listener: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true })
    const reader = createEventReader()
    let head: Buffer | null = Buffer.alloc(0)
    const timer = setTimeout(() => socket.destroy(), PATIENCE_MS)
    socket.write(
      `GET /api/notifications/stream?lang=en HTTP/1.1\r\nhost: ${host}:${port}\r\n` +
        `authorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`,
    )
    socket.on('data', (bytes: Buffer) => {
      let body: Buffer = bytes
      if (head !== null) {
        head = Buffer.concat([head, bytes])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        clearTimeout(timer)
        const begun = head.toString('latin1', 9, 12) === '200'
        body = head.subarray(end + 4)
        head = null
        if (begun) sockets.add(socket)
        else socket.destroy()
        resolve(begun)
      }
      for (const event of reader.read(body)) note(listener, event)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(timer)
      if (sockets.delete(socket)) lost++
      resolve(false)
    })
  })
}

function note(listener: number, { data }: ServerEvent): void {
  const found = /"order_id":(\d+)/.exec(data)
  if (!found) return
  listeners.push(listener)
  orderIds.push(Number(found[1]))
  times.push(monotonicMs())
}

function takeHeard(): Promise<Heard> {
  const heard = {
    listeners: Int32Array.from(listeners),
    orderIds: Float64Array.from(orderIds),
    at: Float64Array.from(times),
    lost,
  }
  listeners = []
  orderIds = []
  times = []
  return Promise.resolve(heard)
}

async function leave(): Promise<void> {
  const open = [...sockets]
  sockets.clear()
  const ends = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
  for (const socket of open) socket.destroy()
  await Promise.all(ends)
}

answerCalls({ connect: connectAll, heard: takeHeard, leave } satisfies ListenersFunctions)
