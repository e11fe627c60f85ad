// Owns a broken line to a server: it passes everything on, until it is told to lose a COMMIT or another command.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * `before`: the server never hears of it. `after`: the server has done it, and its answer is lost. `late`: the
 * line is gone for the client, and the server hears of it a while afterwards.
 */
export type Loss = 'before' | 'after' | 'late'

export interface CommitProxy {
  /** The address of the database behind the proxy. */
  readonly url: string
  /** Loses one COMMIT: the next, or the one after so many others. */
  loseCommit(loss: Loss, others?: number): void
  /** Cuts the line of the next statement that holds this text; it is lost `before` unless said. */
  loseStatement(text: string, loss?: Loss): void
  /** How many lines were cut. */
  losses(): number
  /** Refuses and cuts everything, or stops doing so. */
  setDown(down: boolean): void
  close(): Promise<void>
}

/** COMMIT travels as a text of its own, on both protocols. */
const COMMIT = Buffer.from('commit')
const LATE_MS = 400

interface Trap {
  readonly text: Buffer
  readonly loss: Loss
  others: number
}

export async function startCommitProxy(databaseUrl: string): Promise<CommitProxy> {
  const target = new URL(databaseUrl)
  const lines = new Set<Socket>()
  let trap: Trap | null = null
  let losses = 0
  let isDown = false

  function take(chunk: Buffer): Loss | null {
    if (!trap || !chunk.includes(trap.text) || trap.others-- > 0) return null
    const { loss } = trap
    trap = null
    losses++
    return loss
  }

  function onLine(client: Socket): void {
    if (isDown) return void client.destroy()
    const server = connect(Number(target.port), target.hostname)
    for (const socket of [client, server]) {
      lines.add(socket)
      socket.on('error', () => undefined).on('close', () => lines.delete(socket))
    }
    let loss: Loss | null = null
    client.on('data', (chunk: Buffer) => {
      loss = take(chunk)
      if (loss === null || loss === 'after') server.write(chunk)
      if (loss === 'before') server.destroy()
      if (loss === 'late') setTimeout(() => server.end(chunk), LATE_MS)
      if (loss === 'before' || loss === 'late') client.destroy()
    })
    server.on('data', (chunk) => {
      if (loss === 'after') client.destroy()
      else client.write(chunk)
    })
    client.on('close', () => loss === 'late' || server.end())
    server.on('close', () => client.destroy())
  }

  const proxy = createServer(onLine).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return {
    url: url.href,
    loseCommit: (loss, others = 0) => (trap = { text: COMMIT, loss, others }),
    loseStatement: (text, loss = 'before') => (trap = { text: Buffer.from(text), loss, others: 0 }),
    losses: () => losses,
    setDown(down) {
      isDown = down
      if (down) for (const line of lines) line.destroy()
    },
    async close() {
      for (const line of lines) line.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
