// Shows a shop's life: its first run, restarts, an orderly end under load, a crash at its birth, and the demo.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { createRandom } from '../../src/demo/random.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { findingsOf } from '../support/doctor.ts'
import { anySeed, makeStage, type Outcome, placeOrder, until } from '../support/load.ts'
import { petshop, type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { openFolder } from '../support/open-folder.ts'

const SMALL_DEMO = ['--users', '2', '--products', '3']
const ORDERLY = { code: 0, signal: null }

/** Every line that a user sees means something. */
function expectNoNoise(output: string): void {
  expect(output).not.toMatch(/warning|FSTDEP|DEP0|deprecat/i)
  for (const line of output.split('\n').filter((text) => text.startsWith('{'))) {
    expect(JSON.parse(line)).toMatchObject({ 'log.level': 'info' })
  }
}

async function namesIn(dataDir: string): Promise<string[]> {
  const env = { PETSHOP_DATA_DIR: dataDir, PETSHOP_LOG_LEVEL: 'silent' }
  const { stdout } = await petshop(['users', 'list', '--json'], env)
  return (JSON.parse(stdout) as { username: string }[]).map(({ username }) => username)
}

describe('a real shop', () => {
  test('is empty at first, made with the code of the terminal, and keeps everything at a restart', async () => {
    const first = await startServer()
    const { dataDir } = first
    expect(first.setupCode).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const setUp = (code: string) =>
      fetch(`${first.url}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          code,
          username: '店主',
          email: 'boss@example.com',
          password: 'a long enough secret',
          shop_name: '汪汪',
          currency: 'CNY',
          time_zone: 'Asia/Shanghai',
        }),
      })
    expect((await setUp('AAAA-AAAA')).status).toBe(403)
    const made = await setUp(first.setupCode!)
    expect(made.status).toBe(201)
    const { token } = (await made.json()) as { token: string }
    const me = async (url: string) => {
      const response = await fetch(`${url}/api/me`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return [response.status, ((await response.json()) as { item: { role: string } }).item.role]
    }
    expect(await me(first.url)).toEqual([200, 'owner'])
    expect(await first.stop()).toEqual(ORDERLY)

    const second = await startServer({ dataDir })
    expect(second.setupCode).toBeNull()
    expect(await me(second.url)).toEqual([200, 'owner'])
    expect(await second.stop('SIGINT')).toEqual(ORDERLY)
    expectNoNoise(first.output() + second.output())
    expect(await findingsOf(dataDir)).toEqual({})
  })

  test('drains on SIGTERM: whoever got into the books is answered, nobody else is in them', async () => {
    const stage = await makeStage(tempDir(), { buyers: 40, onHand: [100_000, 100_000] })
    const server = await startServer({ dataDir: stage.dataDir })
    const outcomes: Outcome[] = []
    const buying = stage.buyers.map(async (buyer) => {
      for (;;) {
        const lines = stage.products.map((product_id) => ({ product_id, quantity: 1 }))
        const outcome = await placeOrder(server.url, buyer, lines)
        outcomes.push(outcome)
        if (outcome === 'unknown' || outcome.status !== 201) return
      }
    })
    await until('there is load', () => outcomes.length > 200)
    expect(await server.stop()).toEqual(ORDERLY)
    await Promise.all(buying)

    const answered = outcomes.flatMap((outcome) => (outcome === 'unknown' ? [] : outcome))
    expect(new Set(answered.map(({ status }) => status)).difference(new Set([201, 503]))).toEqual(
      new Set(),
    )
    const told = answered.flatMap(({ body }) => body.order_id ?? [])
    const store = await openFolder(stage.dataDir, { readOnly: true })
    const orders = await store.db.selectFrom('orders').select('order_id').execute()
    await store.close()
    const byId = (a: number, b: number) => a - b
    expect(told.toSorted(byId)).toEqual(orders.map(({ order_id }) => order_id).toSorted(byId))
    expect(await findingsOf(stage.dataDir)).toEqual({})
    expectNoNoise(server.output())
  })

  test('killed while it makes its tables for the first time, it starts the next time', async () => {
    const seed = anySeed()
    const random = createRandom(seed)
    for (let i = 0; i < 8; i++) {
      const dataDir = tempDir()
      const path = databasePath(dataDir)
      const child = spawn(process.execPath, ['src/main.js', 'migrate'], {
        env: { ...process.env, PETSHOP_DATA_DIR: dataDir },
        stdio: 'ignore',
      })
      const ended = once(child, 'exit')
      await until('it has begun', () => existsSync(path) || child.exitCode !== null)
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 120)))
      child.kill('SIGKILL')
      await ended
      const again = await petshop(['migrate'], { PETSHOP_DATA_DIR: dataDir })
      expect([again.code, again.stderr], `SEED=${seed}`).toEqual([0, ''])
      expect(await namesIn(dataDir)).toEqual([])
    }
  })

  test('started three times at once in an empty folder, it is one shop with three doors', async () => {
    const dataDir = tempDir()
    const servers = await Promise.all([1, 2, 3].map(() => startServer({ dataDir })))
    for (const { url } of servers) expect((await fetch(`${url}/readyz`)).status).toBe(200)
    for (const server of servers) {
      expect(await server.stop()).toEqual(ORDERLY)
      expectNoNoise(server.output())
    }
    expect(await findingsOf(dataDir)).toEqual({})
  })
})

describe('a demo', () => {
  const open = (dataDir: string, env: Record<string, string> = {}, args = SMALL_DEMO) =>
    startServer({ command: 'demo', dataDir, args, env })
  const logIn = (server: Server, username: string, password: string) =>
    fetch(`${server.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })

  test('prints accounts that work, leaves other files alone, and is kept with its passwords', async () => {
    const dataDir = tempDir()
    writeFileSync(join(dataDir, 'notes.txt'), 'mine')
    const first = await open(dataDir)
    const password = /^ {2}owner +(\S+)$/m.exec(first.output())?.[1] ?? ''
    expect((await logIn(first, 'owner', password)).status).toBe(200)
    expect(await first.stop()).toEqual(ORDERLY)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('.'))).toEqual([])

    const second = await open(dataDir, { PETSHOP_DEMO_PASSWORD: 'quite another one' })
    expect(second.output()).toContain('was kept, with its accounts and passwords.')
    expect(second.output()).not.toContain('quite another one')
    expect((await logIn(second, 'owner', 'quite another one')).status).toBe(401)
    expect((await logIn(second, 'owner', password)).status).toBe(200)
    expect(await second.stop()).toEqual(ORDERLY)
    expect(readFileSync(join(dataDir, 'notes.txt'), 'utf8')).toBe('mine')
    expectNoNoise(first.output() + second.output())
  })

  test('takes the password it is given, for all', async () => {
    const server = await open(tempDir(), { PETSHOP_DEMO_PASSWORD: 'given to all' })
    for (const name of ['owner', 'manager', 'clerk1', 'clerk2']) {
      expect((await logIn(server, name, 'given to all')).status).toBe(200)
    }
    expect(await server.stop()).toEqual(ORDERLY)
  })

  test('never touches a real shop', async () => {
    const { dataDir } = await makeStage(tempDir(), { buyers: 1, onHand: [5] })
    const server = await open(dataDir)
    expect(server.output()).toContain(`The shop in ${dataDir} was kept`)
    expect(await server.stop()).toEqual(ORDERLY)
    expect(await namesIn(dataDir)).toEqual(['owner', 'buyer1'])
  })

  test('that was killed in the making leaves nothing, and is made anew', async () => {
    const dataDir = tempDir()
    const child = spawn(process.execPath, ['src/main.js', 'demo', ...SMALL_DEMO], {
      env: { ...process.env, PETSHOP_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await ended
    expect(existsSync(databasePath(dataDir))).toBe(false)
    const args = ['demo', '--no-serve', ...SMALL_DEMO]
    const { code, stderr } = await petshop(args, { PETSHOP_DATA_DIR: dataDir })
    expect([code, stderr]).toEqual([0, ''])
    expect(await namesIn(dataDir)).toContain('u2')
    expect(await findingsOf(dataDir)).toEqual({})
  })

  test('is not overwritten by the write-ahead log of a shop that was deleted', async () => {
    const [deleted, dataDir] = [tempDir(), tempDir()]
    const store = await openFolder(deleted)
    await migrate(store, migrations(store.dialect))
    copyFileSync(`${databasePath(deleted)}-wal`, `${databasePath(dataDir)}-wal`)
    await store.close()
    await petshop(['demo', '--no-serve', ...SMALL_DEMO], { PETSHOP_DATA_DIR: dataDir })
    expect(await namesIn(dataDir)).toContain('u2')
  })
})

test('a worker of its own says that it runs, works, and ends in order', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [10] })
  const { dataDir } = stage
  const server = await startServer({ dataDir, args: ['--no-worker'] })
  await placeOrder(server.url, stage.buyers[0]!, [{ product_id: stage.products[0]!, quantity: 1 }])
  const store = await openFolder(dataDir, { readOnly: true })
  const status = () => store.db.selectFrom('orders').select('status').executeTakeFirstOrThrow()
  expect(await status()).toEqual({ status: 'pending' })
  const worker = await startServer({ dataDir, command: 'worker' })
  await until('the order is confirmed', async () => (await status()).status === 'confirmed')
  await store.close()
  expect(await worker.stop()).toEqual(ORDERLY)
  expect(await server.stop()).toEqual(ORDERLY)
  expectNoNoise(worker.output() + server.output())
})
