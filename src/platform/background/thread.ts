// Owns the background thread's end: it does the tasks it is asked for, and says when it has committed something.
import { parentPort } from 'node:worker_threads'
import type { Store } from '../db/store.ts'
import { oncePerTurn } from './handle.ts'
import { packError, type Reply, type Request } from './messages.ts'

export type Tasks = Readonly<Record<string, (argument: never) => unknown>>

/** Answers the serving thread until that ends this one. */
export function answerFrontThread(store: Store, tasks: Tasks): void {
  if (!parentPort) throw new Error('this is not a thread')
  const port = parentPort
  const post = (reply: Reply) => port.postMessage(reply)

  async function answer(id: number, name: string, argument: unknown): Promise<void> {
    try {
      const task = tasks[name]
      if (!task) throw new Error(`there is no task ${name}`)
      post({ kind: 'done', id, result: await task(argument as never) })
    } catch (error) {
      post({ kind: 'failed', id, failure: packError(error) })
    }
  }

  const tell = oncePerTurn(() => post({ kind: 'committed' }))
  store.onCommit((own) => {
    if (own) tell()
  })
  port.on('message', (request: Request) => {
    switch (request.kind) {
      case 'call':
        return void answer(request.id, request.task, request.argument)
      case 'committed':
        return store.hearCommit()
      case 'ping':
        return post({ kind: 'pong' })
    }
  })
  post({ kind: 'ready' })
}
