// Shows that no request, however strange, makes the shop fail, say what its description doesn't, or spoil the books.
import type { FastifyReply, FastifySchema } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FuzzOptions, fuzzApi } from '../../scripts/fuzz/api.ts'
import { readDescription } from '../../scripts/fuzz/document.ts'
import { fillShelves, hirePeople, knownIds } from '../../scripts/fuzz/people.ts'
import type { Module } from '../../src/platform/module.ts'
import { buildHttp } from '../../src/serve.ts'
import { anySeed } from '../support/load.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** `npm run fuzz -- --requests 1000000` is the long form. */
const REQUESTS = 3000

const seed = anySeed()

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await fillShelves(shop.app)
})
afterAll(() => shop.close())

type Http = Shop['http']

async function optionsFor(http: Http, requests: number): Promise<FuzzOptions> {
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    port: Number(new URL(url).port),
    description: readDescription((await http.inject('/api/openapi.json')).body),
    requests,
    seed,
    connections: 8,
    hire: (role) => hirePeople(shop.app, role),
    known: () => knownIds(shop.app),
  }
}

describe('any request', () => {
  test('is answered as the description says', async () => {
    const result = await fuzzApi(await optionsFor(shop.http, REQUESTS))
    expect(result.defects, `SEED=${seed} repeats it`).toEqual([])
    expect(result.sent).toBe(REQUESTS)
    // It was a test at all: some were done, some refused, and for each reason there is.
    const seen = [...result.statuses.keys()]
    expect(seen).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 415]))
    await shop.settle()
    expect(await shop.findings(), `SEED=${seed} repeats it`).toEqual([])
  })

  test('that is answered otherwise is seen', async () => {
    const http = await buildHttp({ ...shop.app, modules: [planted, shop.app.system] })
    const { defects } = await fuzzApi(await optionsFor(http, 400))
    await http.close()
    const seen = defects.map(({ complaint }) => complaint).join('\n')
    expect(seen).toContain('500: ')
    expect(seen).toContain('203 is not declared')
    expect(seen).toContain('200, data/status must be equal to')
  })
})

const planted: Module = {
  name: 'planted',
  routes(http) {
    plant(http, 'fails', () => {
      throw new TypeError('nobody foresaw this')
    })
    plant(http, 'lies', (reply) => reply.send('{"status":"done"}'))
    plant(http, 'undeclared', (reply) => reply.code(203).send('{"status":"success"}'))
  },
  events: [],
  consumers: [],
  checks: [],
  upkeep: [],
}

function plant(http: Http, name: string, answer: (reply: FastifyReply) => FastifyReply): void {
  const declared = { type: 'object', properties: { status: { enum: ['success'] } } }
  const schema: FastifySchema & { summary: string } = {
    summary: 'Planted',
    response: { 200: declared },
  }
  http.route({
    method: 'GET',
    url: `/api/${name}`,
    config: { access: 'public' },
    schema,
    handler: (_request, reply) =>
      answer(reply.type('application/json').serializer(String) as FastifyReply),
  })
}
