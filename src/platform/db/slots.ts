// Owns who may use a connection: first come, first served, and nobody waits for ever.
import { STORE_BUSY } from './network-failures.ts'

export interface Slots {
  /** @returns what gives the slot back. @throws STORE_BUSY when none became free in time */
  take(): Promise<() => void>
}

/** The drivers' own pools let callers wait without a bound, or count the waiting as connecting. */
export function createSlots(count: number, patienceMs: number): Slots {
  const waiting = new Set<() => void>()
  let free = count

  function giveBack(): void {
    const [next] = waiting
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
        const timer = setTimeout(() => {
          waiting.delete(begin)
          reject(Object.assign(new Error('no connection became free'), { code: STORE_BUSY }))
        }, patienceMs)
        const begin = () => {
          waiting.delete(begin)
          clearTimeout(timer)
          resolve(taken())
        }
        waiting.add(begin)
      })
    },
  }
}
