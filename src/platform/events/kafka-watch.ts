// Owns saying that Kafka is away: one line when it goes, one when it is back, whoever notices.
import type { Log } from '../logging.ts'
import { LogAway } from './log.ts'

export interface Watch {
  /** A call that Kafka answers: what comes of it is its present state. */
  call<T>(work: Promise<T>): Promise<T>
  /** A look at what was fetched ahead. It proves nothing when it finds nothing, but fails when Kafka is away. */
  read<T>(reader: object, work: Promise<T>): Promise<T>
}

/** @param forget what is remembered of topics */
export function createWatch(log: Log, forget: () => void): Watch {
  let up: boolean | null = null
  /** Readers that can't reach it; a worker that doesn't relay has nobody else to notice. */
  const cutOff = new Set<object>()

  function back(): void {
    if (up !== true) log.info('Kafka is there')
    up = true
  }
  function away(error: unknown): void {
    if (up !== false) log.warn({ reason: String(error) }, 'Kafka is away: the shop goes on without')
    up = false
  }

  return {
    async call(work) {
      try {
        const result = await work
        back()
        return result
      } catch (error) {
        forget()
        away(error)
        throw error
      }
    },
    async read(reader, work) {
      try {
        const result = await work
        if (cutOff.delete(reader) && cutOff.size === 0) back()
        return result
      } catch (error) {
        if (error instanceof LogAway) {
          // Each fetches by itself: the others notice a moment later, and come back at moments of their own.
          if (cutOff.size === 0) away(error)
          cutOff.add(reader)
        }
        throw error
      }
    },
  }
}
