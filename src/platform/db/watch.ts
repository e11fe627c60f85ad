// Owns whether a database server that says nothing is only slow or away: slow ones are waited for, those who are
// away are refused at once, until they answer again.
//
// A frozen server and a cut cable close no connection: only their silence tells. So whenever a statement is under
// way and nothing at all was heard for a second, a fresh connection asks for a sign of life. A server that is busy
// with something long gives it; one that gives none either, for two seconds more, is away.
import { isNetworkFailure, silentError, STORE_AWAY } from './network-failures.ts'

/** A question on a connection of its own. */
export interface Probe {
  /** Settles when the server has answered, or the connection was refused or broke. */
  readonly answered: Promise<unknown>
  /** Ends the connection, whatever has come of it. */
  drop(): void
}

export interface Watch {
  /** @throws STORE_AWAY while the server is away */
  refuseWhileAway(): void
  /** Something that the server has to answer; it is cut when the server is found to be away. */
  asking<T>(ask: () => Promise<T>, cut: (error: Error) => void): Promise<T>
  /** A connection is taken. It may have been open already, so it is no sign of life; it ends by itself, soon. */
  taking<T>(take: () => Promise<T>): Promise<T>
  close(): void
}

interface WatchOptions {
  readonly probe: () => Probe
  /** Called once when the server is found to be away. */
  readonly onAway: (error: Error) => void
}

export const TICK_MS = 100
/** Nothing was heard for so long: the server is asked. */
const QUIET_TICKS = 10
/** And it was silent for so long after that: it is away. Generous: a machine that is merely loaded answers in it. */
const SILENT_TICKS = QUIET_TICKS + 20
/** While it is away, it is asked anew after half the time it was away so far, between these bounds. */
const SOONEST_TICKS = 20
const LATEST_TICKS = 100
/** After a probe that was refused: the server may be starting. */
const REFUSED_TICKS = 10

/**
 * Time is counted in ticks of our own event loop: when this process itself stood still, the answers may be there
 * and only not be read yet.
 */
export function createWatch({ probe, onAway }: WatchOptions): Watch {
  const underWay = new Set<{ cut(error: Error): void }>()
  let ticking: NodeJS.Timeout | null = null
  let quiet = 0
  /** When it is asked for the first time, or again. */
  let nextAsk = QUIET_TICKS
  let asked: Probe | null = null
  /** Null while it is there. */
  let nextProbe: number | null = null

  function heard(): void {
    quiet = 0
    nextAsk = QUIET_TICKS
    nextProbe = null
    asked?.drop()
    asked = null
  }

  function ask(): void {
    asked?.drop()
    const mine = probe()
    asked = mine
    const failed = (error: unknown) => {
      if (asked !== mine) return
      // A database that refuses is there. A network that does so says nothing of what is under way: it is asked again.
      // Of one that is away we want more.
      if (nextProbe !== null) nextProbe = Math.min(nextProbe, quiet + REFUSED_TICKS)
      else if (isNetworkFailure(error)) nextAsk = quiet + REFUSED_TICKS
      else heard()
    }
    mine.answered.then(() => asked === mine && heard(), failed)
  }

  function beAway(): void {
    onAway(awayError())
    for (const { cut } of [...underWay]) cut(silentError())
  }

  function tick(): void {
    if (underWay.size === 0 && nextProbe === null) return stop()
    quiet++
    if (nextProbe === null && quiet === SILENT_TICKS) {
      nextProbe = quiet
      beAway()
    }
    if (nextProbe === null && quiet === nextAsk) ask()
    if (nextProbe !== null && quiet >= nextProbe) {
      nextProbe = quiet + Math.min(Math.max(quiet / 2, SOONEST_TICKS), LATEST_TICKS)
      ask()
    }
  }

  function stop(): void {
    if (ticking) clearInterval(ticking)
    ticking = null
    heard()
  }

  async function during<T>(work: () => Promise<T>, cut: (error: Error) => void): Promise<T> {
    const one = { cut }
    underWay.add(one)
    ticking ??= setInterval(tick, TICK_MS).unref()
    try {
      return await work()
    } finally {
      underWay.delete(one)
    }
  }

  return {
    refuseWhileAway() {
      if (nextProbe !== null) throw awayError()
    },
    async asking(ask, cut) {
      const answer = await during(ask, cut)
      heard()
      return answer
    },
    taking: (take) => during(take, () => undefined),
    close: stop,
  }
}

/** For connections that may take as long as they need. */
export const UNWATCHED: Watch = {
  refuseWhileAway: () => undefined,
  asking: (ask) => ask(),
  taking: (take) => take(),
  close: () => undefined,
}

function awayError(): Error {
  return Object.assign(new Error('the database is away'), { code: STORE_AWAY })
}
