// Owns a bounded queue of jobs: so many at once, so many may wait, first come, first served.

/**
 * Runs at most `slots` jobs at once and lets `maxWaiting` wait.
 * @param full makes what a caller gets for whom there is no room
 */
export function createQueue(slots: number, maxWaiting: number, full: () => Error) {
  const waiting: (() => void)[] = []
  let running = 0

  return async function run<T>(job: () => Promise<T>): Promise<T> {
    if (running < slots) running++
    else if (waiting.length >= maxWaiting) throw full()
    else await new Promise<void>((resolve) => waiting.push(resolve))
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
