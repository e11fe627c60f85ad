// Shows that the till opens though the network swallows everything: whatever its page waits for comes from the device.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'

const script = readFileSync(join(import.meta.dirname, '../web/public/counter-sw.js'), 'utf8')
const origin = 'https://shop.example'

interface FetchEvent {
  readonly request: { readonly url: string; readonly method: string; readonly mode: string }
  respondWith(answer: Promise<string>): void
}

/** The worker in a browser whose network answers, or never does. */
function startWorker({ isSwallowed }: { isSwallowed: boolean }) {
  const limits: AbortController[] = []
  let hear = (_event: FetchEvent) => {}
  runInNewContext(script.replace("'__FILES__'", '["/theme.js"]'), {
    self: {
      addEventListener(name: string, listener: typeof hear) {
        if (name === 'fetch') hear = listener
      },
    },
    caches: { match: (path: string) => Promise.resolve(`kept ${path}`) },
    fetch: ({ url }: FetchEvent['request'], options?: { signal?: AbortSignal }) =>
      new Promise<string>((resolve, reject) => {
        if (!isSwallowed) resolve(`fresh ${url.slice(origin.length)}`)
        options?.signal?.addEventListener('abort', () => reject(new Error('too late')))
      }),
    AbortSignal: {
      timeout() {
        const limit = new AbortController()
        limits.push(limit)
        return limit.signal
      },
    },
    location: { origin },
    URL,
  })
  return {
    ask(path: string, mode = 'no-cors') {
      let answer: Promise<string> | undefined
      const request = { url: origin + path, method: 'GET', mode }
      hear({ request, respondWith: (given) => void (answer = given) })
      // Nothing here takes time: what isn't answered by then never will be.
      return Promise.race([answer, setImmediate('no answer')])
    },
    /** Every limit set so far is over before `ask` has given up. */
    elapse: () => queueMicrotask(() => limits.forEach((limit) => limit.abort())),
  }
}

test('after the page, its first script comes from the device too, without another wait', async () => {
  const worker = startWorker({ isSwallowed: true })
  const page = worker.ask('/counter', 'navigate')
  worker.elapse()
  expect(await page).toBe('kept /counter')
  expect(await worker.ask('/theme.js')).toBe('kept /theme.js')
})

test('a script that the network swallows comes from the device when the patience is over', async () => {
  const worker = startWorker({ isSwallowed: true })
  const first = worker.ask('/theme.js')
  worker.elapse()
  expect(await first).toBe('kept /theme.js')
})

test('a network that answers is asked first', async () => {
  const worker = startWorker({ isSwallowed: false })
  expect(await worker.ask('/counter', 'navigate')).toBe('fresh /counter')
  expect(await worker.ask('/theme.js')).toBe('fresh /theme.js')
})
