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
  /** Makes the error that a refused caller gets. */
  readonly refuse: () => Error
}

export type Settled<Result> = { ok: true; value: Result } | { ok: false; error: unknown }

export interface Batcher<Item, Result> {
  submit(item: Item): Promise<Result>
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
  let busy = false

  const oldestMs = () => (queue[0] ? Math.max(0, options.now() - queue[0].since) : 0)

  async function work(): Promise<void> {
    while (queue.length > 0) await runBatch(queue.splice(0, options.maxBatch), options.run)
    busy = false
  }

  return {
    submit(item) {
      if (queue.length >= options.maxQueue || oldestMs() > options.maxAgeMs) {
        return Promise.reject(options.refuse())
      }
      return new Promise((resolve, reject) => {
        queue.push({ item, since: options.now(), resolve, reject })
        if (busy) return
        busy = true
        // The end of this turn of the event loop: all requests it has read go along.
        setImmediate(() => void work())
      })
    },
    waiting: () => queue.length,
    oldestMs,
  }
}

async function runBatch<Item, Result>(
  batch: Waiting<Item, Result>[],
  run: BatcherOptions<Item, Result>['run'],
): Promise<void> {
  try {
    const results = await run(batch.map((waiting) => waiting.item))
    batch.forEach((waiting, i) => {
      const result = results[i]
      if (result?.ok) waiting.resolve(result.value)
      else waiting.reject(result ? result.error : new Error('batch gave no result for this item'))
    })
  } catch (error) {
    for (const waiting of batch) waiting.reject(error)
  }
}
