// Shows that a database which is frozen is noticed by its silence, that nobody waits for it then, and that slow is not frozen.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { readConfig } from '../../src/platform/config.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'
import { createMariadbDatabase, createPostgresDatabase } from '../support/engines/databases.ts'
import type { Engine } from '../support/engines/engine.ts'
import { startMariadb } from '../support/engines/mariadb.ts'
import { startPostgres } from '../support/engines/postgres.ts'
import { childrenOf } from '../support/engines/processes.ts'
import { until } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { started } from './engines.ts'

/** Longer than silence may last. */
const SLOW_S = 4

function signal(engine: Engine, name: 'SIGSTOP' | 'SIGCONT'): void {
  // PostgreSQL serves each client by a process of its own.
  for (const pid of [engine.pid, ...childrenOf(engine.pid)]) process.kill(pid, name)
}

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: { code?: unknown }) => error.code,
  )

/** Nothing was sent and waited for: it is known before the event loop comes round. */
async function isRefusedAtOnce(work: Promise<unknown>): Promise<boolean> {
  const next = new Promise((resolve) => setImmediate(resolve, 'it was waited for'))
  return (await Promise.race([outcomeOf(work), next])) === 'STORE_AWAY'
}

const kinds = [
  ['mariadb', startMariadb, createMariadbDatabase, sql`select sleep(${sql.lit(SLOW_S)})`],
  ['postgres', startPostgres, createPostgresDatabase, sql`select pg_sleep(${sql.lit(SLOW_S)})`],
] as const

test.each(kinds)('a frozen %s', async (_, start, createDatabase, slow) => {
  const engine = await started(start())
  const { url } = await createDatabase(engine.url)
  const env = { DATABASE_URL: url }
  const server = await startServer({ env })
  const config = readConfig({ ...env, PETSHOP_DATA_DIR: server.dataDir })
  const open = (readOnly: boolean) => openStore({ store: config.store, readOnly })
  const [store, reader] = await Promise.all([open(false), open(true)])
  const look = () => fetch(`${server.url}/api/inventory`)
  const place = (at: Store) => at.transaction((trx) => sql`select 1`.execute(trx))
  expect((await look()).status).toBe(200)
  // Slow, and alone: only a probe can tell that the server lives.
  await slow.execute(store.db)
  expect([await outcomeOf(store.ping()), await outcomeOf(place(store))]).toEqual(
    Array(2).fill('answered'),
  )

  const proof = outcomeOf(slow.execute(reader.db))
  await sleep(100)
  signal(engine, 'SIGSTOP')
  // Far more than there are connections: those that wait for one get their word as well.
  const waiting = Array.from({ length: 60 }, () => outcomeOf(store.ping()))
  const looks = await Promise.all(Array.from({ length: 60 }, look))
  expect(new Set(looks.map(({ status }) => status))).toEqual(new Set([503]))
  for (const { headers } of looks) expect(headers.get('retry-after')).toBe('1')
  const words = await Promise.all(waiting)
  expect(words).not.toContain('answered')
  // Some were opening a connection, which its driver gives up with words of its own.
  expect(words).toEqual(expect.arrayContaining(['STORE_SILENT', 'STORE_AWAY']))
  await until('it is known', () => isRefusedAtOnce(store.ping()))
  expect(await isRefusedAtOnce(place(store))).toBe(true)
  expect((await look()).status).toBe(503)

  signal(engine, 'SIGCONT')
  await until('it is there again', async () => (await look()).status === 200)
  await until('for the others too', async () => (await outcomeOf(place(store))) === 'answered')
  // A proof reads for minutes: it was not cut off.
  expect(await proof).toBe('answered')
  await Promise.all([store.close(), reader.close()])
  expect((await server.stop()).code).toBe(0)
})

test('a MariaDB that falls silent while a connection is made ready keeps nobody waiting for ever', async () => {
  const adminUrl = inject('mariadbUrl')
  if (!adminUrl) throw new Error(inject('mariadbMissing') ?? 'there is no MariaDB')
  const { url, drop } = await createMariadbDatabase(adminUrl)
  const way = await openSilencedWay(url)
  const config = readConfig({ DATABASE_URL: way.url, PETSHOP_DATA_DIR: '/nowhere' })
  const store = await openStore({ store: config.store })
  try {
    expect(await outcomeOf(store.ping())).toBe('answered')
    way.silence()
    // More than there are connections: new ones are made.
    const pings = Array.from({ length: 30 }, () => outcomeOf(store.ping()))
    expect(await Promise.all(pings)).not.toContain('answered')
    way.speak()
    await until('it is there again', async () => (await outcomeOf(store.ping())) === 'answered')
  } finally {
    await store.close()
    way.close()
    await drop()
  }
})

/** A way to a server on which, when it is silenced, connections are still made, but no question is answered. */
async function openSilencedWay(url: string) {
  const { port } = new URL(url)
  let silent = false
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const ahead = connect(Number(port), '127.0.0.1')
    let isCut = false
    client.on('data', (bytes) => {
      isCut ||= silent && bytes.includes('select')
      if (!isCut) ahead.write(bytes)
    })
    ahead.on('data', (bytes) => void (isCut || client.write(bytes)))
    for (const [one, other] of [
      [client, ahead],
      [ahead, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => void (sockets.delete(one), other.destroy()))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const way = new URL(url)
  way.port = String((server.address() as AddressInfo).port)
  return {
    url: way.href,
    silence: () => (silent = true),
    speak: () => (silent = false),
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
