// Owns a bad line: a TCP proxy that delays, slices, slows down, swallows and resets what passes through it.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '../../src/demo/random.ts'

export interface Line {
  /** Each piece is held back so long, and up to `jitterMs` more. */
  readonly latencyMs?: number
  readonly jitterMs?: number
  /** How often a connection that is in use is reset, by chance, each second. */
  readonly resets?: number
  /** Nothing passes, and nobody is told. */
  readonly blackhole?: boolean
  /** Pieces have so many bytes at most. */
  readonly sliceBytes?: number
  readonly bytesPerSecond?: number
}

export interface FaultProxy {
  readonly port: number
  /** From now on, for open connections too. What a black hole held back is lost with its connection when it ends. */
  set(line: Line): void
  /** Resets all connections. @returns how many there were */
  cut(): number
  /** How many were reset so far. */
  resets(): number
  close(): Promise<void>
}

const TICK_MS = 100
/** So long after its last piece a connection counts as used. */
const IN_USE_MS = 1000

interface Pair {
  readonly ends: readonly [Socket, Socket]
  /** Bytes were held back in a black hole. */
  swallowed: boolean
  usedAt: number
}

/** In front of a server of this machine. */
export async function startProxy(target: number, seed: number): Promise<FaultProxy> {
  const random = createRandom(seed)
  const pairs = new Set<Pair>()
  let line: Line = {}
  let resets = 0

  const reset = (pair: Pair) => {
    resets++
    pairs.delete(pair)
    for (const end of pair.ends) end.resetAndDestroy()
  }
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    const pair: Pair = { ends: [near, far], swallowed: false, usedAt: 0 }
    pairs.add(pair)
    for (const end of pair.ends) {
      end.setNoDelay(true)
      end.on('error', () => undefined)
      end.on('close', () => {
        pairs.delete(pair)
        for (const other of pair.ends) other.destroy()
      })
    }
    void pump(near, far, pair, () => line, random)
    void pump(far, near, pair, () => line, random)
  })
  const timer = setInterval(() => {
    for (const pair of pairs) {
      const due = random.chance((line.resets ?? 0) * (TICK_MS / 1000))
      if (due && performance.now() - pair.usedAt < IN_USE_MS) reset(pair)
    }
  }, TICK_MS)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      line = next
      if (!next.blackhole) for (const pair of pairs) if (pair.swallowed) reset(pair)
    },
    cut() {
      const count = pairs.size
      for (const pair of [...pairs]) reset(pair)
      return count
    },
    resets: () => resets,
    async close() {
      clearInterval(timer)
      server.close()
      for (const pair of pairs) for (const end of pair.ends) end.destroy()
      await once(server, 'close')
    },
  }
}

/** Passes on what `from` says, in order, as badly as the line is at that moment. */
async function pump(
  from: Socket,
  to: Socket,
  pair: Pair,
  lineNow: () => Line,
  random: Random,
): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      pair.usedAt = performance.now()
      for (const piece of slices(chunk, lineNow().sliceBytes)) {
        const { latencyMs = 0, jitterMs = 0, bytesPerSecond } = lineNow()
        const slow = bytesPerSecond ? (piece.length / bytesPerSecond) * 1000 : 0
        const held = latencyMs + random.between(0, jitterMs) + slow
        if (held > 0) await sleep(held)
        while (lineNow().blackhole && !to.destroyed) {
          pair.swallowed = true
          await sleep(TICK_MS)
        }
        if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')])
      }
    }
    to.end()
  } catch {
    to.destroy() // it was reset
  }
}

function slices(chunk: Buffer, most = chunk.length): Buffer[] {
  return Array.from({ length: Math.ceil(chunk.length / most) }, (_, i) =>
    chunk.subarray(i * most, (i + 1) * most),
  )
}
