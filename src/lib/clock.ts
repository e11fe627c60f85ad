// Owns where the time comes from, so that tests and the demo's history can set it.
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
