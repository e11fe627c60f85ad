// Owns doing something at most so often, however often it is asked for.

/** Asked again too early, it does nothing; a failure doesn't count. */
export function seldom(
  everyMs: number,
  now: () => number,
  work: () => Promise<void>,
): () => Promise<void> {
  let last = -Infinity
  return async () => {
    if (now() - last < everyMs) return
    await work()
    last = now()
  }
}
