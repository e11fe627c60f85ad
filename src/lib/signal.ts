// Owns waking somebody who waits, without losing a word that came while they were busy.
export interface Signal {
  notify(): void
  /** Resolves when notified (also if that was since the last wait), or after `ms`. */
  wait(ms: number): Promise<void>
}

export function createSignal(): Signal {
  let pending = false
  let wake: (() => void) | null = null
  return {
    notify() {
      pending = true
      wake?.()
    },
    async wait(ms) {
      if (!pending) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = null
      }
      pending = false
    },
  }
}
