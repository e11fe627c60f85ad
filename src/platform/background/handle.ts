// Owns the serving thread's end of the background thread: starting it, asking it, and ending it.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import type { Store } from '../db/store.ts'
import { unpackError, type Reply, type Request } from './messages.ts'

export interface Background {
  /** Has the thread do a task. @throws what the task threw */
  call<T>(task: string, argument?: unknown): Promise<T>
  /** How long it hasn't answered, in whole seconds; 0 while it does. */
  silentMs(): number
  /** Ends the thread; it has been told before to finish what it does. */
  close(): Promise<void>
}

export interface BackgroundOptions {
  readonly script: URL
  /** Both threads' stores hear of each other's commits. */
  readonly store: Store
  readonly data: unknown
  /** The thread ended by itself: the process is only half a shop now. */
  readonly onDeath: (error: Error) => void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

const PING_MS = 1000
/** A thread that takes in a large shop's past may be busy for long. */
const MOST_UNANSWERED = 120

/** @throws StartupError, or whatever else keeps the thread from starting */
export async function startBackground(options: BackgroundOptions): Promise<Background> {
  const worker = new Worker(options.script, { workerData: options.data })
  const pending = new Map<number, Pending>()
  let lastId = 0
  let closing = false

  const post = (request: Request) => worker.postMessage(request)

  function settle(reply: Reply): void {
    switch (reply.kind) {
      case 'ready':
      case 'pong':
        unanswered = 0
        return
      case 'committed':
        return options.store.hearCommit()
      case 'done':
        pending.get(reply.id)?.resolve(reply.result)
        break
      case 'failed':
        pending.get(reply.id)?.reject(unpackError(reply.failure))
    }
    pending.delete(reply.id)
  }

  function die(error: Error): void {
    clearInterval(watch)
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
    if (!closing) options.onDeath(error)
  }

  await isReady(worker)
  worker.on('message', settle)
  worker.on('error', die)
  worker.on('exit', (code) => die(new Error(`the background thread ended with code ${code}`)))
  // Counted, not timed: a process that was stopped for a while finds its thread stopped as well.
  let unanswered = 0
  const watch = setInterval(() => {
    if (unanswered++ >= MOST_UNANSWERED) die(new Error('the background thread answers no more'))
    else post({ kind: 'ping' })
  }, PING_MS).unref()

  const tell = oncePerTurn(() => post({ kind: 'committed' }))
  options.store.onCommit((own) => {
    if (own) tell()
  })

  return {
    call<T>(task: string, argument?: unknown) {
      const id = ++lastId
      return new Promise<T>((resolve, reject) => {
        pending.set(id, { resolve: (value) => resolve(value as T), reject })
        post({ kind: 'call', id, task, argument })
      })
    },
    silentMs: () => unanswered * PING_MS,
    async close() {
      closing = true
      await worker.terminate()
    },
  }
}

/** The thread's first word, unless it ends before. */
async function isReady(worker: Worker): Promise<void> {
  const over = new AbortController()
  const ended = once(worker, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`the background thread ended with code ${String(code)} before it was ready`)
  })
  // Once the other one has come, nobody waits for this one.
  ended.catch(() => undefined)
  try {
    await Promise.race([once(worker, 'message', { signal: over.signal }), ended])
  } catch (error) {
    throw startupErrorOf(error)
  } finally {
    over.abort()
  }
}

/** Between threads an error loses what it was an instance of. */
function startupErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'StartupError') return error
  const { exitCode } = error as Error & { exitCode?: unknown }
  return new StartupError(error.message, typeof exitCode === 'number' ? exitCode : EXIT.failure)
}

/** Many calls in one turn of the event loop make one. */
export function oncePerTurn(work: () => void): () => void {
  let due = false
  return () => {
    if (due) return
    due = true
    setImmediate(() => {
      due = false
      work()
    })
  }
}
