// Owns group commit: callers that wait at the same moment are served by one run, and nobody waits for company.

export interface BatcherOptions<Item, Result> {
  /** Does one batch; its results stand in the order of the items. A rejection rejects the whole batch. */
  readonly run: (items: Item[]) => Promise<Settled<Result>[]>
  /** Most items in one run. */
  readonly maxBatch: number
  /** Most items that may wait; beyond it `submit` refuses. */
  readonly maxQueue: number
  /** Milliseconds the oldest may have waited before `submit` refuses newcomers. */
  readonly maxAgeMs: number
  readonly now: () => number
  /**
   * When so many wait, a second batch begins while the first one runs: for whoever does them one after another.
   * Never by default.
   */
  readonly ahead?: number
  /** Told whenever the number of those who wait has changed. */
  readonly onWaiting?: (count: number) => void
  /** Makes the error that a refused caller gets. */
  readonly refuse: () => Error
}

export type Settled<Result> = { ok: true; value: Result } | { ok: false; error: unknown }

export interface Batcher<Item, Result> {
  submit(item: Item): Promise<Result>
  /** Would `submit` refuse right now? */
  isFull(): boolean
  waiting(): number
  /** Milliseconds that the oldest waiting item has waited; 0 when none waits. */
  oldestMs(): number
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly since: number
  readonly resolve: (value: Result) => void
  readonly reject: (error: unknown) => void
}

export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const queue: Waiting<Item, Result>[] = []
  let running = 0
  let scheduled = false

  const oldestMs = () => (queue[0] ? Math.max(0, options.now() - queue[0].since) : 0)

  const isFull = () => queue.length >= options.maxQueue || oldestMs() > options.maxAgeMs

  function mayBegin(): boolean {
    if (queue.length === 0) return false
    return running === 0 || (running === 1 && queue.length >= (options.ahead ?? Infinity))
  }

  function begin(): void {
    const batch = queue.splice(0, options.maxBatch)
    options.onWaiting?.(queue.length)
    running++
    const run = Promise.try(() => options.run(batch.map((waiting) => waiting.item)))
    void settled(run).then((outcome) => {
      running--
      // Those who wait come first: answering takes its time, and whoever does the batches would stand idle.
      if (mayBegin()) begin()
      answer(batch, outcome)
    })
  }

  /** At the end of this turn of the event loop: all requests it has read go along. */
  function beginSoon(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      if (mayBegin()) begin()
    })
  }

  return {
    submit(item) {
      if (isFull()) return Promise.reject(options.refuse())
      return new Promise((resolve, reject) => {
        queue.push({ item, since: options.now(), resolve, reject })
        options.onWaiting?.(queue.length)
        if (mayBegin()) beginSoon()
      })
    },
    isFull,
    waiting: () => queue.length,
    oldestMs,
  }
}

function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  )
}

function answer<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  outcome: Settled<Settled<Result>[]>,
): void {
  batch.forEach((waiting, i) => {
    if (!outcome.ok) return waiting.reject(outcome.error)
    const result = outcome.value[i]
    if (result?.ok) waiting.resolve(result.value)
    else waiting.reject(result ? result.error : new Error('batch gave no result for this item'))
  })
}
