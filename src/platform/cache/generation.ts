// Owns which entries of a shared cache count. Who may have missed a change, or couldn't tell of one, begins a new
// generation: the entries of the old one are out of everybody's reach at once.
import { randomBytes } from 'node:crypto'
import type { Redis } from '../redis/connection.ts'

export interface Generation {
  /** Where Redis has it. */
  readonly key: string
  /** Null while it isn't known: nothing may be read or kept then. */
  current(): string | null
  /** Asks Redis if need be; null when nothing can be said. */
  known(): Promise<string | null>
  /** It may be another one by now. */
  forget(): void
  /** Begins a new one, now or as soon as Redis takes it; until then none is known. */
  renew(): Promise<void>
}

export const GENERATION_LENGTH = 16
const AGAIN_MS = 1000

/** @param onForget what was kept of the old one must go */
export function createGeneration(redis: Redis, key: string, onForget: () => void): Generation {
  let current: string | null = null
  let learning: Promise<string | null> | null = null
  /** Since the last connecting the old generation was ended: nobody knows what was missed before. */
  let isTrusted = false
  let renewals = 0

  function forget(): void {
    current = null
    learning = null
    onForget()
  }

  async function learn(): Promise<string | null> {
    // In this order: what changes after the second call, Redis tells.
    const asked = redis
      .call((client) =>
        Promise.all([
          client.set(key, randomBytes(GENERATION_LENGTH / 2).toString('hex'), { condition: 'NX' }),
          client.get(key),
        ]),
      )
      .then(
        ([, value]) => value,
        () => null,
      )
    learning = asked
    const value = await asked
    if (learning !== asked) return null
    learning = null
    current = value
    return value
  }

  async function renew(): Promise<void> {
    const mine = ++renewals
    isTrusted = false
    forget()
    try {
      // Deleting is possible when the memory is full, and a new value is made by whoever needs one.
      await redis.call((client) => client.del(key))
      if (mine === renewals) isTrusted = true
    } catch {
      setTimeout(() => {
        if (mine === renewals && redis.isUp()) void renew()
      }, AGAIN_MS).unref()
    }
  }

  redis.onUp(() => void renew())
  redis.onAway(() => {
    isTrusted = false
    forget()
  })
  if (redis.isUp()) void renew()

  return {
    key,
    current: () => current,
    async known() {
      if (current !== null || !isTrusted) return current
      return learning ?? learn()
    },
    forget,
    renew,
  }
}
