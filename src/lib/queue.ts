// Owns a bounded queue of jobs: so many at once, so many may wait, first come, first served.

/**
 * Runs at most `slots` jobs at once and lets `maxWaiting` wait.
 * A `signal` takes whoever still waits out of the queue.
 * @param full makes what a caller gets for whom there is no room
 */
export function createQueue(slots: number, maxWaiting: number, full: () => Error) {
  const waiting: (() => void)[] = []
  let running = 0

  function turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(signal?.reason)
      }
      const go = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(go)
    })
  }

  return async function run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    if (running < slots) running++
    else if (waiting.length >= maxWaiting) throw full()
    else await turn(signal)
    try {
      return await job()
    } finally {
      // A waiter takes over this slot, so that nobody slips in between.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
