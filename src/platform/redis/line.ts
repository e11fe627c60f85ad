// Owns a line to Redis: it comes back by itself for ever, and nobody waits longer than a call's bound.
import { setTimeout as sleep } from 'node:timers/promises'
import { ErrorReply } from 'redis'
import {
  type ClientOptions,
  connect,
  type Connection,
  messageOf,
  newClient,
  RedisAway,
  type RedisClient,
  within,
} from './client.ts'

export { RedisAway, type RedisClient } from './client.ts'

export interface LineOptions extends ClientOptions {
  /** Asked several times a second whether it is there; a line for blocking calls can't be. */
  readonly beats: boolean
  /** Most milliseconds that a call waits for its answer, unless it says otherwise. */
  readonly callMs?: number
  readonly onCall?: (seconds: number, answered: boolean) => void
}

export interface Line {
  isUp(): boolean
  /**
   * Runs one call. A server that doesn't answer in time is cut off, and everybody hears that it is away.
   * @throws RedisAway, or what the server complained about
   */
  call<T>(work: (client: RedisClient) => Promise<T>, ms?: number): Promise<T>
  /** After each connecting, before any call. @returns how to stop listening */
  onUp(listener: (client: RedisClient) => void): () => void
  /** Once when the connection is lost, and when the very first try fails. */
  onAway(listener: (reason: string) => void): () => void
  /** Resolves when the first try has an outcome. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** The shop's answers wait for these calls. */
const CALL_MS = 300
/** What other processes change is seen within beat + call, even where Redis has fallen silent. */
const BEAT_MS = 250
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2000

/** @throws TypeError for an address that no client takes */
export function openLine(options: LineOptions): Line {
  const { callMs = CALL_MS, onCall } = options
  const presence = createPresence()
  const closing = new AbortController()
  const running = stayConnected(newClient(options), options, presence, closing.signal)
  return {
    isUp: () => presence.current() !== null,
    async call(work, ms = callMs) {
      const begun = performance.now()
      let answered = true
      try {
        return await ask(presence.current(), work, ms)
      } catch (error) {
        answered = !(error instanceof RedisAway)
        throw error
      } finally {
        onCall?.((performance.now() - begun) / 1000, answered)
      }
    },
    onUp: presence.onUp,
    onAway: presence.onAway,
    settled: presence.settled,
    async close() {
      closing.abort()
      await running
    },
  }
}

/** @throws RedisAway, or what the server complained about */
async function ask<T>(
  connection: Connection | null,
  work: (client: RedisClient) => Promise<T>,
  ms: number,
): Promise<T> {
  if (!connection) throw new RedisAway('Redis is away')
  try {
    return await within(ms, work(connection.client))
  } catch (error) {
    if (error instanceof ErrorReply) throw error
    if (error instanceof RedisAway) connection.lose(error.message)
    throw error instanceof RedisAway ? error : new RedisAway(messageOf(error), { cause: error })
  }
}

async function stayConnected(
  first: RedisClient,
  options: LineOptions,
  presence: Presence,
  closing: AbortSignal,
): Promise<void> {
  let client = first
  for (let failures = 0; !closing.aborted; failures++) {
    const connection = connect(client, closing)
    try {
      await connection.ready
      failures = 0
      presence.up(connection)
      if (options.beats) void beat(connection, options.callMs ?? CALL_MS)
    } catch (error) {
      connection.lose(messageOf(error))
    }
    const reason = await connection.lost
    if (closing.aborted) return presence.end()
    presence.away(reason)
    client = newClient(options)
    await sleep(pauseMs(failures), null, { signal: closing }).catch(() => {})
  }
}

/** Silence is noticed by asking: a frozen server's connections look alive for ever. */
async function beat(connection: Connection, ms: number): Promise<void> {
  const { ending: signal } = connection
  while (!signal.aborted) {
    await sleep(BEAT_MS, null, { signal }).catch(() => {})
    if (!signal.aborted) await ask(connection, (client) => client.ping(), ms).catch(() => {})
  }
}

function pauseMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + Math.random() / 2)
}

type Presence = ReturnType<typeof createPresence>

/** Whether Redis is there, and who wants to hear when that changes. */
function createPresence() {
  const upListeners = new Set<(client: RedisClient) => void>()
  const awayListeners = new Set<(reason: string) => void>()
  const first = Promise.withResolvers<void>()
  let isKnownAway = false
  let current: Connection | null = null
  return {
    current: () => current,
    settled: () => first.promise,
    onUp: (listener: (client: RedisClient) => void) => listen(upListeners, listener),
    onAway: (listener: (reason: string) => void) => listen(awayListeners, listener),
    up(connection: Connection): void {
      current = connection
      isKnownAway = false
      for (const listener of upListeners) listener(connection.client)
      first.resolve()
    },
    away(reason: string): void {
      current = null
      const isNews = !isKnownAway
      isKnownAway = true
      if (isNews) for (const listener of awayListeners) listener(reason)
      first.resolve()
    },
    end(): void {
      current = null
      first.resolve()
    },
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
