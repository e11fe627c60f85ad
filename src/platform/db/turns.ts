// Owns whose turn it is to write when threads of one process share a SQLite file: first come, first served.
//
// SQLite lets one connection write at a time, and whoever waits for its lock stands still with the whole
// thread. Here the waiting leaves the event loop free, and nobody is passed over.

export interface Turns {
  /** Resolves when it is the caller's turn to write; what it returns ends the turn, and is called once. */
  take(): Promise<() => void>
}

/** What the threads share: the next ticket, and the ticket whose turn it is. */
export function newTurns(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
}

const NEXT = 0
const SERVING = 1

/** @param onTurn told how many milliseconds each waited for its turn */
export function joinTurns(
  shared: SharedArrayBuffer,
  onTurn: (ms: number) => void = () => {},
): Turns {
  const tickets = new Int32Array(shared)

  /** Of this thread: they queue here, so that each change of the ticket wakes one of them. */
  let last: Promise<void> = Promise.resolve()

  async function takeTicket(): Promise<void> {
    const mine = Atomics.add(tickets, NEXT, 1)
    for (;;) {
      const serving = Atomics.load(tickets, SERVING)
      if (serving === mine) return
      const change = Atomics.waitAsync(tickets, SERVING, serving)
      if (change.async) await change.value
    }
  }

  return {
    async take() {
      const begin = performance.now()
      const before = last
      const { promise, resolve: letNext } = Promise.withResolvers<void>()
      last = promise
      await before
      await takeTicket()
      onTurn(performance.now() - begin)
      return () => {
        Atomics.add(tickets, SERVING, 1)
        Atomics.notify(tickets, SERVING)
        letNext()
      }
    },
  }
}

/** For whoever shares with nobody. */
export const ALONE: Turns = { take: () => Promise.resolve(() => {}) }
