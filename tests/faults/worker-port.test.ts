// Shows that a worker answers for itself: its health, its metrics, and those even while the database hangs.
import { connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startServer } from '../support/server.ts'
import { makeStack } from '../support/stack.ts'

async function ask(url: string): Promise<{ status: number; text: string; ms: number }> {
  const begin = performance.now()
  const answer = await fetch(url)
  return { status: answer.status, text: await answer.text(), ms: performance.now() - begin }
}

test('a worker tells of its health and its metrics on a port of its own', async () => {
  const shop = await startServer({ args: ['--no-worker'] })
  const worker = await startServer({ command: 'worker', dataDir: shop.dataDir })
  expect(await ask(`${worker.url}/healthz`)).toMatchObject({ status: 200 })
  expect((await ask(`${worker.url}/readyz`)).text).toBe('{"status":"success"}')
  const { status, text } = await ask(`${worker.url}/metrics`)
  expect(status).toBe(200)
  expect(text).toMatch(/^petshop_store_up 1$/m)
  expect(text).toMatch(/^petshop_consumer_backlog\{group="confirm-order-on-placed",.*\} 0$/m)
  expect(text).toMatch(
    /^petshop_database_query_seconds_count\{engine="sqlite",kind="select"\} \d+/m,
  )
  // Nobody can do anything else here.
  expect((await ask(`${worker.url}/api/inventory`)).status).toBe(404)
  expect((await ask(`${worker.url}/api/docs`)).status).toBe(404)
  expect((await worker.stop()).code).toBe(0)
})

test('without a broker there is no word of one', async () => {
  const { url } = await startServer()
  const { text } = await ask(`${url}/metrics`)
  expect(text).not.toMatch(/^petshop_broker_up\b/m)
  expect(text).toMatch(/^petshop_sqlite_wal_bytes \d+$/m)
})

test('a second worker of the machine goes on without the port that the first has', async () => {
  const first = await startServer({ command: 'worker' })
  const port = new URL(first.url).port
  const env = { PETSHOP_WORKER_PORT: port }
  const second = await startServer({ command: 'worker', dataDir: first.dataDir, env })
  expect(second.url).toBe('')
  expect(second.output()).toContain('the port is taken')
  const off = await startServer({ command: 'worker', env: { PETSHOP_WORKER_PORT: 'off' } })
  expect(off.output()).not.toContain('Health and metrics')
})

/** Lets everything through until it is told to let nothing through, and to say nothing of it. */
async function openSilencer(target: URL) {
  let silent = false
  const pairs: Socket[] = []
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    pairs.push(near, far)
    near.on('data', (bytes) => silent || far.write(bytes)).on('error', () => {})
    far.on('data', (bytes) => silent || near.write(bytes)).on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  const address = server.address()
  url.port = String(typeof address === 'object' && address?.port)
  url.hostname = '127.0.0.1'
  return {
    url: url.href,
    silence: () => (silent = true),
    close() {
      pairs.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}

test('the metrics come in time while the database hangs, and say so', async () => {
  const stack = await makeStack('postgres', 'embedded')
  const silencer = await openSilencer(new URL(stack.env['DATABASE_URL'] ?? ''))
  const env = { DATABASE_URL: silencer.url }
  const shop = await startServer({ env })
  const worker = await startServer({ command: 'worker', env })
  const urls = [shop.url, worker.url].map((url) => `${url}/metrics`)
  for (const url of urls) expect((await ask(url)).text).toMatch(/^petshop_store_up 1$/m)
  silencer.silence()
  // The second time as well: what hangs is asked once.
  for (const url of [...urls, ...urls]) {
    const { status, text, ms } = await ask(url)
    expect(status).toBe(200)
    expect(text).toMatch(/^petshop_store_up 0$/m)
    expect(ms).toBeLessThan(4500)
  }
  await Promise.all([shop.kill9(), worker.kill9()])
  silencer.close()
  await stack.drop()
})
