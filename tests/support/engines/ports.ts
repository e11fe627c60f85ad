// Owns the choice of free ports for the servers that tests start.
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the range from which systems take ports for outgoing connections: while a server is down, nobody
// gets its port by chance, and no client connects to itself.
const FIRST = 20_000
const COUNT = 12_000

const taken = new Set<number>()

/** A port of 127.0.0.1 on which nobody listens; never the same one twice. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (taken.has(port)) continue
    taken.add(port)
    if (await isFree(port)) return port
  }
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
