// Owns who may use a connection: first come, first served, and nobody waits for ever.
import { STORE_BUSY } from './network-failures.ts'

export interface Slots {
  /** @returns what gives the slot back. @throws STORE_BUSY when none became free in time */
  take(): Promise<() => void>
  /** Whoever waits now, waits in vain. */
  refuse(error: Error): void
}

/** The drivers' own pools let callers wait without a bound, or count the waiting as connecting. */
export function createSlots(count: number, patienceMs: number): Slots {
  /** What each of them begins with, and how it is refused. */
  const waiting = new Map<() => void, (error: Error) => void>()
  let free = count

  function giveBack(): void {
    const [next] = waiting.keys()
    if (next) next()
    else free++
  }

  function taken(): () => void {
    let given = false
    return () => {
      if (given) return
      given = true
      giveBack()
    }
  }

  return {
    take() {
      if (free > 0) {
        free--
        return Promise.resolve(taken())
      }
      return new Promise((resolve, reject) => {
        const end = () => {
          waiting.delete(begin)
          clearTimeout(timer)
        }
        const begin = () => {
          end()
          resolve(taken())
        }
        const refused = (error: Error) => {
          end()
          reject(error)
        }
        const busy = () =>
          refused(Object.assign(new Error('no connection became free'), { code: STORE_BUSY }))
        const timer = setTimeout(busy, patienceMs)
        waiting.set(begin, refused)
      })
    },
    refuse(error) {
      for (const refused of [...waiting.values()]) refused(error)
    },
  }
}
