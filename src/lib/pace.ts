// Owns how background work makes room for what people wait for, without falling behind for good.

/** How far background work has fallen behind. */
export interface Behind {
  /** How old the oldest of it is, in milliseconds. */
  readonly ms: number
  /** How many events are still to be done; 0 where nobody knows. */
  readonly events: number
}

export interface Pace {
  /**
   * Runs a step of background work when it is its turn.
   * @param behind the further, the larger its share beside people who wait
   */
  step<T>(work: () => Promise<T>, behind?: Behind): Promise<T>
  /** Runs at once what so many people wait for. */
  first<T>(work: () => Promise<T>, people: number): Promise<T>
}

export interface PaceOptions {
  /** How many people wait for their turn right now. */
  readonly waiting: () => number
  readonly now: () => number
  /** How many steps may be under way together while nobody waits; beside people it is one at a time. */
  readonly together?: number
}

interface Waiting {
  readonly begin: () => void
  readonly behind: Behind
  readonly since: number
}

/**
 * Which part of the time background work gets while people wait without a pause: little while it is fresh, for a
 * peak of seconds goes to the people; then more and more, for a load that stays must carry its own consequences.
 * Work grows old slowly: its age answers late to what is changed now, and a steep rise would swing. The number of
 * events answers at once.
 */
const SHARE = { fresh: 0.05, old: 0.85 }
const AGE_MS = { fresh: 5000, old: 35_000 }
const EVENTS = { fresh: 100_000, old: 200_000 }
/** What wasn't used is not saved up for long. */
const MOST_CREDIT_MS = 20
/** Nor is one long step held against all that follow. */
const MOST_DEBT_MS = -50
const LOOK_AGAIN_MS = 1
/** Whoever came just now is often followed by another. */
const FOLLOWED_MS = 5
/** So many at once are a crowd, which stays for a while. */
const CROWD = 16
const CROWD_LASTS_MS = 10
/** Background work comes on all the same, so often. */
const LONGEST_HOLD_MS = 8
const LONGEST_HOLD_IN_CROWD_MS = 100
/** Nobody waits longer for background work: a step that takes so long is waiting for something itself. */
const LONGEST_WAIT_MS = 200

/** Between two steps the event loop goes round, and whatever has come in meanwhile is served. */
export function createPace({ waiting, now, together = 1 }: PaceOptions): Pace {
  const queue: Waiting[] = []
  let running = 0
  let serving = 0
  let scheduled = false
  let credit = 0
  let pressedUntil = -Infinity
  let crowdUntil = -Infinity
  let lastStep = -Infinity
  let stepBegan = -Infinity
  const held = new Set<() => void>()

  const isPressed = () => held.size > 0 || serving > 0 || waiting() > 0 || now() < pressedUntil

  const isFull = () => running >= (isPressed() ? 1 : together)

  const share = () => Math.max(SHARE.fresh, ...queue.map((one) => shareOf(one, now())))

  const isStuck = () => running > 0 && now() - stepBegan > LONGEST_WAIT_MS

  const mustCatchUp = () => queue.length > 0 && credit > 0 && !isStuck() && share() > SHARE.fresh

  function letGo(): void {
    if (running > 0 || mustCatchUp()) return
    for (const goOn of held) goOn()
  }

  function hold(): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(timer)
        held.delete(goOn)
        resolve()
      }
      const timer = setTimeout(goOn, LONGEST_WAIT_MS)
      held.add(goOn)
    })
  }

  function mayStep(next: Waiting): boolean {
    const heldMs = now() - Math.max(next.since, lastStep)
    const longest = now() < crowdUntil ? LONGEST_HOLD_IN_CROWD_MS : LONGEST_HOLD_MS
    return !isPressed() || credit > 0 || heldMs > longest
  }

  function look(): void {
    scheduled = false
    letGo()
    const [next] = queue
    if (!next || running >= together) return
    if (isFull() || !mayStep(next)) {
      scheduled = true
      setTimeout(look, LOOK_AGAIN_MS)
      return
    }
    queue.shift()
    running++
    stepBegan = now()
    next.begin()
    lookSoon()
  }

  function lookSoon(): void {
    if (scheduled || running >= together) return
    scheduled = true
    setImmediate(look)
  }

  return {
    async step(work, behind = FRESH) {
      await new Promise<void>((begin) => {
        queue.push({ begin, behind, since: now() })
        lookSoon()
      })
      const start = now()
      try {
        return await work()
      } finally {
        running--
        lastStep = now()
        credit = Math.max(MOST_DEBT_MS, credit - (now() - start))
        if (!isPressed()) credit = 0
        lookSoon()
      }
    },
    async first(work, people) {
      if (mustCatchUp()) await hold()
      const start = now()
      serving++
      try {
        return await work()
      } finally {
        serving--
        if (people >= CROWD) crowdUntil = now() + CROWD_LASTS_MS
        pressedUntil = Math.max(crowdUntil, now() + FOLLOWED_MS)
        if (queue.length > 0) {
          const part = share()
          credit = Math.min(MOST_CREDIT_MS, credit + ((now() - start) * part) / (1 - part))
        }
      }
    },
  }
}

function shareOf({ behind, since }: Waiting, now: number): number {
  const age = risen(behind.ms + now - since, AGE_MS)
  return SHARE.fresh + (SHARE.old - SHARE.fresh) * Math.max(age, risen(behind.events, EVENTS))
}

/** From 0 to 1 between the two. */
function risen(value: number, { fresh, old }: { fresh: number; old: number }): number {
  return Math.min(1, Math.max(0, (value - fresh) / (old - fresh)))
}

const FRESH: Behind = { ms: 0, events: 0 }

/** For whoever serves nobody. */
export const NO_PACE: Pace = { step: (work) => work(), first: (work) => work() }
