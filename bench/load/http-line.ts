// Owns one keep-alive connection of a load generator: one request at a time, opened again when it breaks.
import { connect, type Socket } from 'node:net'
import { type Answer, takeAnswer } from './http-answer.ts'

export interface Line {
  /** Calls back with the answer; with null when the connection broke or said nothing for too long. */
  send(request: string, done: (answer: Answer | null) => void): void
  close(): void
}

/** A customer gives up on an answer after this. */
const PATIENCE_MS = 30_000

const NOTHING = Buffer.alloc(0)

export function createLine(host: string, port: number): Line {
  let socket: Socket | null = null
  let bytes: Buffer = NOTHING
  let waiting: ((answer: Answer | null) => void) | null = null

  function finish(answer: Answer | null): void {
    const done = waiting
    waiting = null
    done?.(answer)
  }

  function broken(which: Socket): void {
    if (socket !== which) return
    socket = null
    bytes = NOTHING
    which.destroy()
    finish(null)
  }

  function open(): Socket {
    const fresh = connect({ host, port, noDelay: true })
    fresh.on('data', (chunk: Buffer) => {
      try {
        bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
        const taken = takeAnswer(bytes)
        if (!taken) return
        bytes = taken.rest
        finish(taken.answer)
      } catch {
        broken(fresh)
      }
    })
    fresh.on('error', () => broken(fresh)).on('close', () => broken(fresh))
    fresh.setTimeout(PATIENCE_MS, () => waiting && broken(fresh))
    return fresh
  }

  return {
    send(request, done) {
      waiting = done
      socket ??= open()
      socket.write(request)
    },
    close() {
      waiting = null
      socket?.destroy()
    },
  }
}
