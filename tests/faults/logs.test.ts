// Shows what a running shop logs: nothing of each request by itself, and one cause through request, database and cache when asked.
import { expect, test } from 'vitest'
import { makeStage, until } from '../support/load.ts'
import { type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

type Line = Readonly<Record<string, unknown>>

function linesOf(server: Server, dataset?: string): Line[] {
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
  return dataset ? lines.filter((line) => line['event.dataset'] === dataset) : lines
}

async function buy(server: Server, stage: Awaited<ReturnType<typeof makeStage>>) {
  const [buyer] = stage.buyers
  const response = await fetch(`${server.url}/api/orders?who=wang`, {
    method: 'POST',
    headers: { authorization: `Bearer ${buyer?.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      user_id: buyer?.user_id,
      items: [{ product_id: stage.products[0], quantity: 1 }],
      address: 'Nanjing Road 1',
    }),
  })
  expect(response.status).toBe(201)
  await (await fetch(`${server.url}/api/inventory/1`)).text()
}

test('by itself it says nothing of each request', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [5] })
  const server = await startServer({ dataDir: stage.dataDir })
  await buy(server, stage)
  await server.stop()
  expect(linesOf(server).filter((line) => 'event.dataset' in line)).toEqual([])
})

test('asked, it has a line for each request, statement and look into a cache, without values', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [5] })
  const env = { PETSHOP_LOG: 'request, cache,database' }
  const server = await startServer({ dataDir: stage.dataDir, env })
  await buy(server, stage)
  await until('both are told', () => linesOf(server, 'petshop.request').length === 2, 10_000)
  await server.stop()
  expect(linesOf(server, 'petshop.request')[0]).toMatchObject({
    'http.request.method': 'POST',
    'url.path': '/api/orders',
    'http.response.status_code': 201,
    'http.request.id': expect.stringMatching(/^[\da-f-]{36}$/),
    'event.duration': expect.any(Number),
    'user.id': String(stage.buyers[0]?.user_id),
  })
  const statements = linesOf(server, 'petshop.database').map((line) => String(line['db.statement']))
  // Of the thread that places orders as well.
  expect(statements.some((statement) => /^insert into "orders"/.test(statement))).toBe(true)
  expect(linesOf(server, 'petshop.cache').length).toBeGreaterThan(0)
  expect(server.output()).not.toMatch(/Nanjing|wang/)
  for (const { token } of stage.buyers) expect(server.output()).not.toContain(token)
})

test('one category alone brings no other', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [5] })
  const env = { PETSHOP_LOG: 'request' }
  const server = await startServer({ dataDir: stage.dataDir, env })
  await buy(server, stage)
  await server.stop()
  const datasets = linesOf(server).flatMap((line) => line['event.dataset'] ?? [])
  expect(new Set(datasets)).toEqual(new Set(['petshop.request']))
})
