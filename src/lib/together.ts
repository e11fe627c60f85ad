// Owns asking once for what many ask for in the same turn of the event loop.

/** Asks for these keys; what it gives may hold others' answers as well. A key without an answer is missing. */
export type Ask<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>

interface Round<K, V> {
  readonly keys: Set<K>
  readonly answers: Promise<ReadonlyMap<K, V>>
  readonly begin: () => void
}

/**
 * Collects the keys of all who ask until the event loop has read everything that is there, and asks for them
 * together, each once. Nobody gets an answer that is older than the question.
 * @param most keys in one question, as far as no single caller asks for more
 */
export function askTogether<K, V>(ask: Ask<K, V>, most: number): Ask<K, V> {
  let open: Round<K, V> | null = null

  function newRound(): Round<K, V> {
    const keys = new Set<K>()
    const { promise, resolve } = Promise.withResolvers<ReadonlyMap<K, V>>()
    const round: Round<K, V> = {
      keys,
      answers: promise,
      begin() {
        if (open === round) open = null
        resolve(Promise.try(() => ask([...keys])))
      },
    }
    setImmediate(() => {
      if (open === round) round.begin()
    })
    return round
  }

  return (keys) => {
    if (open && open.keys.size + keys.length > most) open.begin()
    open ??= newRound()
    for (const key of keys) open.keys.add(key)
    return open.answers
  }
}
