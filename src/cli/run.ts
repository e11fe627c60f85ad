// Owns running until somebody stops it: signals end it in order, a second one at once.
import type { Log } from '../platform/logging.ts'

const PATIENCE_MS = 15_000

/** Stops once on SIGTERM or SIGINT, then ends the program. */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    const timer = setTimeout(() => {
      log.error('it did not stop in time')
      process.exit(1)
    }, PATIENCE_MS)
    timer.unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
