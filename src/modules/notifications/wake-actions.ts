// Owns waking the watchers of other processes: a hint that comes at once or never; looking by themselves is theirs.
import type { Core } from '../../platform/module.ts'

export interface Wake {
  /** Notifications were written in the transaction under way. */
  wrote(): void
  /** Calls back when a process has committed notifications. @returns how to stop */
  onWake(listener: () => void): () => void
}

/** Commits of others may come between the writing and its own: all of this time are told. */
const TELLING_MS = 1000
/** Under load commits come by the hundred: nobody looks more often than this. */
const PAUSE_MS = 50

export function createWake({ redis, store }: Pick<Core, 'redis' | 'store'>): Wake {
  if (!redis) return { wrote: () => {}, onWake: () => () => {} }
  const channel = `${redis.prefix}notifications`
  let tellUntil = 0
  let pause: NodeJS.Timeout | null = null
  let more = false

  function tell(): void {
    more = pause !== null
    if (more) return
    redis?.publish(channel, '')
    pause = setTimeout(() => {
      pause = null
      if (more) tell()
    }, PAUSE_MS).unref()
  }

  store.onCommit(() => {
    if (performance.now() < tellUntil) tell()
  })
  return {
    wrote() {
      tellUntil = performance.now() + TELLING_MS
    },
    onWake: (listener) => redis.subscribe(channel, listener),
  }
}
