// Owns one connection to Redis from its first byte to its end: every wait has a bound, and the end is told once.
import { createClient } from 'redis'

export interface ClientOptions {
  readonly url: string
  /** Redis tells which keys change that were read over this connection: the client's event `invalidate`. */
  readonly tracks: boolean
}

export type RedisClient = ReturnType<typeof newClient>

/** Redis isn't there, or doesn't answer: nobody knows whether the call was done. */
export class RedisAway extends Error {}

export interface Connection {
  readonly client: RedisClient
  /** Resolves when calls are answered. */
  readonly ready: Promise<void>
  /** Resolves with the reason when the connection has ended, or was given up. */
  readonly lost: Promise<string>
  readonly ending: AbortSignal
  lose(reason: string): void
}

/** The client itself bounds only the TCP connection, not a server that then says nothing. */
const CONNECT_MS = 2000

/** @throws TypeError for an address that no client takes */
export function newClient({ url, tracks }: ClientOptions) {
  return createClient({
    url,
    RESP: 3,
    emitInvalidate: tracks,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
    // Its own time-outs stop only calls that weren't sent yet, and cost a timer each.
    commandOptions: { timeout: 0 },
  })
}

export function connect(client: RedisClient, closing: AbortSignal): Connection {
  const lost = Promise.withResolvers<string>()
  const ending = new AbortController()
  const lose = (reason: string) => {
    lost.resolve(reason)
    ending.abort()
    client.destroy()
  }
  const close = () => lose('closing')
  closing.addEventListener('abort', close, { once: true })
  void lost.promise.then(() => closing.removeEventListener('abort', close))
  client.on('error', (error) => lose(messageOf(error)))
  client.on('end', () => lose('the connection was closed'))
  const greeted = greet(client)
  // Whoever was given up while it connected must not stay connected.
  const abandon = async () => void (await lost.promise, client.destroy())
  greeted.then(abandon, abandon)
  const ended = lost.promise.then((reason) => Promise.reject(new RedisAway(reason)))
  const ready = within(CONNECT_MS, Promise.race([greeted, ended]))
  return { client, ready, lost: lost.promise, ending: ending.signal, lose }
}

/** A server that is loading its data takes connections, but no calls. */
async function greet(client: RedisClient): Promise<void> {
  await client.connect()
  await client.ping()
}

/** Each may take longer than its part when this process is busy. */
const PARTS = 10

/**
 * Rejects after `ms` in which an answer could have been read: while this process was too busy to look, nobody
 * knows whether one had come.
 * @throws RedisAway
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let left = PARTS
    let timer: NodeJS.Timeout
    const wait = () => (timer = setTimeout(() => setImmediate(count), ms / PARTS))
    const count = () => {
      if (--left > 0) wait()
      else reject(new RedisAway(`no answer in ${ms} ms`))
    }
    const stop = () => {
      left = 0
      clearTimeout(timer)
    }
    wait()
    work.finally(stop).then(resolve, reject)
  })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
