// Shows that nobody waits for a Redis that is away or silent, that the connection comes back, and what is logged of it.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import tls from 'node:tls'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createLog } from '../../src/platform/logging.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { openRedis, type Redis } from '../../src/platform/redis/connection.ts'
import { readFacts } from '../../src/platform/redis/facts.ts'
import { RedisAway } from '../../src/platform/redis/line.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { tempDir } from '../support/temp-dir.ts'

describeEngine('redis', 'the connection', (url) => {
  const cleanUps: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  function open(address: string, options: { callMs?: number; log?: string[] } = {}): Redis {
    const { callMs = 10_000, log } = options
    const write = (line: string) => void log?.push(line)
    const redis = openRedis({
      config: { url: address, prefix: 'test:' },
      log: log ? pino({ level: 'info' }, { write }) : createLog('silent'),
      metrics: createMetrics(),
      callMs,
    })
    cleanUps.push(() => redis.close())
    return redis
  }

  async function listen(onConnection: (socket: Socket) => void): Promise<string> {
    const server: Server = createServer((socket) => {
      socket.on('error', () => {})
      cleanUps.push(() => socket.destroy())
      onConnection(socket)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUps.push(() => server.close())
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  const id = (redis: Redis) => redis.call((client) => client.clientId())

  test('to nobody is known to be away at once, and every call fails at once', async () => {
    const log: string[] = []
    const redis = open('redis://127.0.0.1:1', { log })
    await redis.settled()
    expect(redis.isUp()).toBe(false)
    await expect(redis.call((client) => client.ping())).rejects.toThrow(RedisAway)
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(/ECONNREFUSED.*the shop goes on without it/)
  })

  test('to a server that takes connections and says nothing is given up, again and again', async () => {
    const log: string[] = []
    let connections = 0
    const silent = await listen(() => connections++)
    const redis = open(`redis://${silent}`, { log })
    await redis.settled()
    await expect(redis.call((client) => client.ping())).rejects.toThrow(RedisAway)
    await until('it tries again', () => connections > 1)
    expect(log).toHaveLength(1)
    expect(log[0]).toContain('no answer')
  })

  test('that is lost again and again is told of once', async () => {
    const log: string[] = []
    let connections = 0
    const rude = await listen((socket) => {
      connections++
      socket.end()
    })
    const redis = open(`redis://${rude}`, { log })
    await until('it has tried often', () => connections > 4)
    expect(redis.isUp()).toBe(false)
    expect(log).toHaveLength(1)
  })

  test('to a server that falls silent is cut off after the time a call may take, and comes back', async () => {
    const [log, sockets]: [string[], Socket[]] = [[], []]
    const proxy = await listen((socket) => {
      const server = connect(Number(new URL(url).port), '127.0.0.1')
      sockets.push(server)
      pipeline(socket, server, socket, () => {})
    })
    const redis = open(`redis://${proxy}`, { log, callMs: 300 })
    await until('it is there', () => redis.isUp())
    sockets.at(-1)!.pause()
    // Nobody asks for anything: it notices by itself.
    await until('it is away', () => !redis.isUp())
    await until('it is back', () => redis.isUp())
    expect(await redis.call((client) => client.ping())).toBe('PONG')
    const told = log.map((line) => (JSON.parse(line) as { msg: string }).msg)
    expect(told).toEqual([
      'Redis is there',
      'Redis is away: the shop goes on without it',
      'Redis is there',
    ])
  })

  test('is not lost because this process was too busy to read an answer that was there', async () => {
    const redis = open(url, { callMs: 100 })
    await until('it is there', () => redis.isUp())
    const asked = redis.call((client) => client.ping())
    // The call goes out at the end of this turn; then nothing is read for longer than it may take.
    setImmediate(() => setImmediate(() => sleepHard(2000)))
    expect(await asked).toBe('PONG')
  })

  test('comes back by itself, and hears messages again', async () => {
    const [one, other] = [open(url), open(url)]
    await until('both are there', () => one.isUp() && other.isUp())
    const heard: string[] = []
    const channel = `test:${process.pid}:${Math.random()}`
    const stop = other.subscribe(channel, (message) => heard.push(message))
    await until('it hears', () => (one.publish(channel, 'a'), heard.includes('a')))
    await one.call(async (client) =>
      client.sendCommand(['CLIENT', 'KILL', 'ID', String(await id(other))]),
    )
    await until('it hears again', () => (one.publish(channel, 'b'), heard.includes('b')))
    stop()
  })

  test('tells what is wrong with a password, and never the password', async () => {
    const log: string[] = []
    const address = new URL(url)
    Object.assign(address, { username: 'nobody', password: 'geheim-und-falsch' })
    const redis = open(address.href, { log })
    await redis.settled()
    expect(redis.isUp()).toBe(false)
    expect(log).toHaveLength(1)
    expect(log.join()).not.toContain('geheim')
    expect(() => open('redis://:geheim@127.0.0.1/no-number')).toThrow(/REDIS_URL: Invalid pathname/)
  })

  test('works over TLS', async ({ skip }) => {
    const folder = tempDir()
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const files = ['-keyout', key, '-out', cert, '-days', '2', '-nodes']
    try {
      const args = ['req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject]
      execFileSync('openssl', args, { stdio: 'ignore' })
    } catch {
      skip('openssl is missing: nobody makes a certificate')
    }
    const trusted = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...trusted, readFileSync(cert, 'utf8')])
    cleanUps.push(() => tls.setDefaultCACertificates(trusted))
    const server = tls.createServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (socket) => {
        pipeline(socket, connect(Number(new URL(url).port), '127.0.0.1'), socket, () => {})
      },
    )
    server.listen(0, 'localhost')
    await once(server, 'listening')
    cleanUps.push(() => server.close())
    const redis = open(`rediss://localhost:${(server.address() as AddressInfo).port}`)
    await redis.settled()
    expect(await redis.call((client) => client.ping())).toBe('PONG')
  })

  test('for calls that block has their own bounds, and is made anew when one is passed', async () => {
    const redis = open(url)
    const line = redis.duplicate()
    cleanUps.push(() => line.close())
    await line.settled()
    const block = (ms: number) => line.call((client) => client.blPop('test:nothing', 0), ms)
    await expect(block(200)).rejects.toThrow('no answer in 200 ms')
    await until('it is back', () => line.isUp())
    expect(await line.call((client) => client.ping())).toBe('PONG')
  })

  test('knows what an operator wants to know; nothing of a Redis that is away', async () => {
    const redis = open(url)
    await redis.settled()
    expect(await readFacts(redis)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      max_memory_policy: 'noeviction',
      used_memory_bytes: expect.any(Number),
      aof_enabled: true,
      persistence_ok: true,
    })
    await redis.close()
    expect(await readFacts(redis)).toBeNull()
  })
})

/** Nothing else happens in this process meanwhile. */
function sleepHard(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
