// Owns long computations that let others have their turn: nobody waits longer than a slice for the event loop.
import { setImmediate } from 'node:timers/promises'

const SLICE_MS = 10

/** @returns what such a computation awaits between two steps: it rests when its slice is used up */
export function createSlices(sliceMs = SLICE_MS): () => Promise<void> | undefined {
  let since = performance.now()
  const rest = async () => {
    await setImmediate()
    since = performance.now()
  }
  return () => (performance.now() - since < sliceMs ? undefined : rest())
}
