// Owns how many entries a process may add: a flood of different questions must not fill Redis.

export interface Budget {
  /** False when this second's entries are spent. */
  take(): boolean
}

/** @param now milliseconds that only grow */
export function createBudget(perSecond: number, now = () => performance.now()): Budget {
  let begun = now()
  let taken = 0
  return {
    take() {
      if (now() - begun >= 1000) {
        begun = now()
        taken = 0
      }
      return ++taken <= perSecond
    },
  }
}
