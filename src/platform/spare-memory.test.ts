import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'

/** A thread of its own: it fills its heap, lets go of everything, and tells whenever it has looked. */
const THREAD = `
  import { giveBackWhenIdle } from '${new URL('./spare-memory.ts', import.meta.url).href}'
  import { parentPort, workerData } from 'node:worker_threads'
  import { getHeapStatistics } from 'node:v8'
  const spareBytes = () => getHeapStatistics().total_heap_size - getHeapStatistics().used_heap_size
  let rows = Array.from({ length: 400_000 }, (_, i) => ({ i, text: 'row ' + i }))
  parentPort.postMessage(rows.length)
  rows = null
  if (workerData) giveBackWhenIdle(500)
  setInterval(() => parentPort.postMessage(spareBytes()), 50)
`

async function spareAfter(looks: number, givesBack: boolean): Promise<number> {
  const script = new URL(`data:text/javascript,${encodeURIComponent(THREAD)}`)
  const worker = new Worker(script, { workerData: givesBack })
  try {
    return await new Promise((resolve, reject) => {
      let heard = 0
      worker.once('error', reject)
      worker.on('message', (bytes: number) => {
        heard++
        // The first one is no look.
        if (heard > 1 && (bytes < 4_000_000 || heard > looks)) resolve(bytes)
      })
    })
  } finally {
    await worker.terminate()
  }
}

test('a thread that has nothing to do gives back what it doesn’t use', async () => {
  expect(await spareAfter(200, true)).toBeLessThan(4_000_000)
})

test('one that doesn’t give back keeps it', async () => {
  expect(await spareAfter(20, false)).toBeGreaterThan(8_000_000)
})
