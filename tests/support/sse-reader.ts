// Owns a page that listens to live notifications: it can be cut off, pause, and go on after the last one seen.
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

export interface SseReader {
  /** The ids it has read on this connection, in order. */
  readonly ids: readonly number[]
  /** Resolves when the line is gone, however. */
  readonly ended: Promise<void>
  /** Breaks the line, as a phone does in a lift. */
  cut(): void
  /** Stops taking from the socket: a reader who is too slow. */
  pause(): void
  resume(): void
}

export interface ReaderOptions {
  readonly token: string
  /** Read on after this notification … */
  readonly since?: number
  /** … said in the address, as our page does, or in the header, as browsers do. */
  readonly by?: 'address' | 'header'
  readonly onEvent?: (id: number, data: string) => void
}

/** Resolves when the stream is open. @throws when there is nobody, or the stream is refused */
export async function openReader(url: string, options: ReaderOptions): Promise<SseReader> {
  const { since, by = 'address' } = options
  const query = since !== undefined && by === 'address' ? `?since=${since}` : ''
  const request = get(`${url}/api/notifications/stream${query}`, {
    agent: false,
    headers: {
      authorization: `Bearer ${options.token}`,
      ...(since !== undefined && by === 'header' ? { 'last-event-id': String(since) } : {}),
    },
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) {
    response.destroy()
    throw new Error(`the stream was refused: ${response.statusCode}`)
  }
  request.on('error', () => undefined)
  response.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => response.once('close', resolve))
  const ids: number[] = []
  readEvents(response, (id, data) => {
    ids.push(id)
    options.onEvent?.(id, data)
  })
  return {
    ids,
    ended,
    cut: () => void response.destroy(),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
  }
}

/** What was only half received when the line broke counts as not received. */
function readEvents(stream: IncomingMessage, onEvent: (id: number, data: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const blocks = `${rest}${text}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1]
      if (id !== undefined && !stream.destroyed)
        onEvent(Number(id), /^data: (.*)$/m.exec(block)?.[1] ?? '')
    }
  })
}
