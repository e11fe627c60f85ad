// Owns live delivery: each listener has its place in its person's notifications, and gets all after it in order.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSignal } from '../../lib/signal.ts'
import type { Core } from '../../platform/module.ts'
import { lastIds, listSince, type NotificationRow } from './store.ts'
import { createWake } from './wake-actions.ts'

/** A connection that notifications are written to. */
export interface Listener {
  readonly user_id: number
  /** Writes one; false asks to wait until `drained` resolves. */
  write(row: NotificationRow): boolean
  drained(): Promise<void>
  /** Something must pass from time to time, or proxies cut the line. False when nobody is there any more. */
  beat(): Promise<boolean>
  close(): void
}

export interface Live {
  /** Sends everything after `since`, then whatever comes. @returns how to stop */
  listen(listener: Listener, since: number | null): () => void
  count(): number
  countOf(user_id: number): number
  /** Ends all connections. */
  stop(): Promise<void>
}

interface Place {
  readonly listener: Listener
  sent: number
  pumping: boolean
  closed: boolean
}

const POLL_MS = 500
/** Commits come by the hundred under load: looking more often than this serves nobody. */
const PAUSE_MS = 20
const BEAT_MS = 15_000
const PAGE = 50

export function createLive(core: Core, wake = createWake(core)): Live {
  const { db } = core.store
  const places = new Set<Place>()
  const signal = createSignal()
  let stopped = false

  function remove(place: Place): void {
    place.closed = true
    places.delete(place)
    core.metrics.sseClients.set(places.size)
  }

  async function pump(place: Place): Promise<void> {
    if (place.pumping) return
    place.pumping = true
    try {
      while (!place.closed) {
        const rows = await listSince(db, place.listener.user_id, place.sent, PAGE)
        for (const row of rows) {
          place.sent = row.notification_id
          if (!place.listener.write(row)) await place.listener.drained()
          if (place.closed) return
        }
        if (rows.length < PAGE) return
        // On SQLite nothing here waits: in one turn after the other, so that others have theirs, and whoever has left
        // in the meantime is noticed.
        await nextTurn()
      }
    } catch (error) {
      // It reconnects with the last id it has seen: nothing is lost by ending it.
      core.log.warn({ error }, 'a live connection was ended')
      place.listener.close()
    } finally {
      place.pumping = false
    }
  }

  /** `fromNow`: the person has seen everything up to this moment. */
  async function begin(place: Place, fromNow: boolean): Promise<void> {
    const { user_id } = place.listener
    place.pumping = true
    try {
      const last = (await lastIds(db, [user_id])).get(user_id) ?? 0
      // Whoever has seen more knows the shop as it was before an older state of it was restored.
      place.sent = fromNow ? last : Math.min(place.sent, last)
    } catch (error) {
      core.log.warn({ error }, 'a live connection could not begin')
      place.listener.close()
    } finally {
      place.pumping = false
    }
    await pump(place)
  }

  async function look(): Promise<void> {
    const users = [...new Set([...places].map((place) => place.listener.user_id))]
    const last = await lastIds(db, users)
    for (const place of places) {
      if ((last.get(place.listener.user_id) ?? 0) > place.sent) void pump(place)
    }
  }

  async function watch(): Promise<void> {
    while (!stopped) {
      await signal.wait(POLL_MS)
      if (stopped) return
      try {
        await look()
      } catch (error) {
        core.log.warn({ error }, 'looking for new notifications failed')
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  async function beatAll(): Promise<void> {
    for (const place of [...places]) {
      if (!(await place.listener.beat().catch(() => false))) place.listener.close()
    }
  }

  let offCommit = () => {}
  let offWake = () => {}
  let heart: NodeJS.Timeout | undefined
  let watching: Promise<void> | undefined

  function start(): void {
    if (watching || stopped) return
    offCommit = core.store.onCommit(() => signal.notify())
    offWake = wake.onWake(() => signal.notify())
    heart = setInterval(() => void beatAll(), BEAT_MS)
    watching = watch()
  }

  return {
    listen(listener, since) {
      start()
      const place: Place = { listener, sent: since ?? 0, pumping: false, closed: false }
      places.add(place)
      core.metrics.sseClients.set(places.size)
      void begin(place, since === null)
      // Whoever comes while it stops would keep it from stopping.
      if (stopped) listener.close()
      return () => remove(place)
    },
    count: () => places.size,
    countOf: (user_id) => [...places].filter((place) => place.listener.user_id === user_id).length,
    async stop() {
      stopped = true
      offCommit()
      offWake()
      clearInterval(heart)
      signal.notify()
      for (const place of [...places]) place.listener.close()
      await watching
    },
  }
}
