// Owns the leave of a server behind a proxy: nobody new is let in, and no request meets a connection that is being
// closed. A proxy keeps idle connections; a POST that it sends on one while we close it is lost (it may have been
// read, so it is never sent again), and its visitor gets 502.
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MS = 25
/**
 * So many looks in a row at which nobody had asked: nothing is on its way. Not a time: a process that got no turn for a
 * while has not read yet what came meanwhile.
 */
const QUIET_LOOKS = 10
const MOST_MS = 5000
/** So long at most is waited for a turn of the event loop in which nobody comes; a few are let in at each. */
const MOST_ACCEPTING_MS = 500

export interface Leaving {
  /** Resolves when it is quiet: what is still open then may be closed. */
  readonly quiet: Promise<void>
}

/** No new connection is taken from now on; those there are serve one more request each. */
export function startLeaving(server: HttpServer): Leaving {
  let asked = 0
  server.prependListener('request', (_request, response) => {
    asked++
    response.setHeader('connection', 'close')
  })
  stopListening(server)
  return { quiet: untilQuiet(server, () => asked) }
}

/** When nobody waits to be accepted: a port that is closed resets those who do. */
function stopListening(server: HttpServer): void {
  const latest = performance.now() + MOST_ACCEPTING_MS
  let came = true
  const note = () => (came = true)
  server.on('connection', note)
  const look = () => {
    if (came && performance.now() < latest) {
      came = false
      // The first may still belong to this turn; between it and the second the sockets were looked at.
      setImmediate(() => setImmediate(look))
      return
    }
    server.off('connection', note)
    // HTTP's own `close` would close idle connections too, at this moment.
    Server.prototype.close.call(server)
  }
  look()
}

async function untilQuiet(server: HttpServer, asked: () => number): Promise<void> {
  const latest = performance.now() + MOST_MS
  let [quiet, seen] = [0, asked()]
  while (quiet < QUIET_LOOKS && performance.now() < latest) {
    if ((await connectionsOf(server)) === 0) return
    await sleep(LOOK_MS)
    quiet = asked() === seen ? quiet + 1 : 0
    seen = asked()
  }
}

function connectionsOf(server: HttpServer): Promise<number> {
  return new Promise((resolve) => {
    server.getConnections((error, count) => resolve(error ? 0 : count))
  })
}
