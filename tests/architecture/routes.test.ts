// Owns the proof that no route is without a policy and a description, and that the description is true.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importAs } from '../support/imports.ts'
import { declaredRoutes, type DeclaredRoute } from '../support/routes.ts'
import { openShop, type Shop } from '../support/shop.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly description?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly { name: string; in: string; schema: object }[]
  readonly requestBody?: { content: Record<string, { schema: object }> }
  readonly responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object }> }
  >
}

interface Description {
  readonly openapi: string
  readonly info: { title: string; version: string }
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { schemas: Record<string, object>; securitySchemes: object }
}

const root = join(import.meta.dirname, '../..')

let shop: Shop
let routes: DeclaredRoute[]
let description: Description
beforeAll(async () => {
  shop = await openShop()
  routes = await declaredRoutes(shop.app)
  description = (await shop.guest.get('/api/openapi.json')).body
})
afterAll(() => shop.close())

/** A count, and an import of which something was kept when it was undone. */
async function paperwork(product_id: number) {
  const count = await shop.as('clerk').post('/api/inventory/counts', {})
  const { count_id } = count.body.item
  await shop
    .as('clerk')
    .put(`/api/inventory/counts/${count_id}/lines/${product_id}`, { counted: 9 })
  await shop.as('manager').put(`/api/inventory/counts/${count_id}/posting`, { reason: 'shrinkage' })
  const file = 'sku,product_name,price,quantity\nR-1,一,1,1\n'
  const { import_id } = (await importAs(shop, 'manager', file)).body
  const found = (await shop.guest.get('/api/inventory?search=R-1')).body.items
  await shop.as('manager').patch(`/api/inventory/${found[0].product_id}`, { unit: '盒' })
  await shop.as('manager').put(`/api/inventory/imports/${import_id}/reversal`)
  return { count_id, import_id, document_id: import_id }
}

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

describe('a route', () => {
  test('that does not declare who may call it keeps the program from starting', async () => {
    const { app } = shop
    const planted = {
      ...app.system,
      routes: (http: Parameters<typeof app.system.routes>[0]) =>
        void http.get('/api/planted', () => 'for whom?'),
    }
    const withPlanted = { ...app, modules: [...app.modules, planted] }
    await expect(declaredRoutes(withPlanted)).rejects.toThrow(
      "GET /api/planted doesn't declare who may call it",
    )
  })

  test('has a summary, tags, and an answer for success', () => {
    const api = routes.filter(
      ({ method, path, schema }) => path.startsWith('/api/') && !schema.hide && method !== 'HEAD',
    )
    expect(api.length).toBeGreaterThan(30)
    const lacking = api.filter(({ schema: { summary, tags, response = {} } }) => {
      const succeeds = Object.keys(response).some((code) => /^2/.test(code))
      return !summary || !tags?.length || !succeeds
    })
    expect(lacking.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  test('is of version 3.1, for anybody', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info.title).not.toBe('')
    expect(description.info.version).not.toBe('')
  })

  test('lists every route of the API, and no other', () => {
    const declared = routes
      .filter(({ method, schema }) => method !== 'HEAD' && !schema.hide)
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const listed = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(listed.toSorted()).toEqual(declared.toSorted())
    const hidden = routes.filter(({ schema }) => schema.hide).map(({ path }) => path)
    expect([...new Set(hidden)].filter((path) => path.startsWith('/api'))).toEqual([])
  })

  test('points to nothing that is not there', () => {
    const text = JSON.stringify(description)
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target)
    expect(refs.length).toBeGreaterThan(30)
    const missing = refs.filter((target) => {
      const name = /^#\/components\/schemas\/([\w.-]+)$/.exec(target)?.[1]
      return name === undefined || !(name in description.components.schemas)
    })
    expect(missing).toEqual([])
  })

  test('describes each parameter, body and answer', () => {
    for (const { path, method, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = operation.parameters?.filter((p) => p.in === 'path').map((p) => p.name)
      expect(described ?? [], path).toEqual(inPath)
      const codes = Object.keys(operation.responses)
      expect(codes, `${method} ${path}`).toEqual(expect.arrayContaining(['4XX']))
      expect(Object.values(operation.responses).every((answer) => answer.description)).toBe(true)
    }
  })

  test('names the Idempotency-Key wherever one is read, and nowhere else', () => {
    const reads = globSync('src/modules/**/*routes.ts', { cwd: root }).map((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      const count = (what: RegExp) => text.match(what)?.length ?? 0
      return { file, reads: count(/\bkeyOf\(request\)/g), says: count(/\bkeyed: true\b/g) }
    })
    expect(reads.filter((each) => each.reads !== each.says)).toEqual([])
    const named = operations().filter(({ operation }) =>
      operation.parameters?.some((p) => p.in === 'header' && p.name === 'idempotency-key'),
    )
    expect(named).toHaveLength(reads.reduce((sum, each) => sum + each.reads, 0))
    expect(named.map(({ method, path }) => `${method} ${path}`)).toContain('post /api/orders')
  })

  test('says who may call each route', () => {
    for (const { path, method, operation } of operations()) {
      const route = routes.find(
        (each) =>
          each.method === method.toUpperCase() && each.path.replaceAll(/:(\w+)/g, '{$1}') === path,
      )
      const isPublic = route?.access === 'public'
      expect(operation.security, path).toEqual(isPublic ? [] : [{ bearer: [] }])
      if (!isPublic) expect(operation.description).toContain(`Least role: ${route?.access}`)
    }
  })

  test('holds nothing but schemas that can be checked against', () => {
    const check = checker()
    const schemas = [
      ...Object.keys(description.components.schemas).map((name) => ({
        $ref: `#/components/schemas/${name}`,
      })),
      ...operations().flatMap(({ operation }) => [
        ...(operation.parameters ?? []).map((parameter) => parameter.schema),
        ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
        ...Object.values(operation.responses).flatMap(({ content = {} }) =>
          Object.values(content).map(({ schema }) => schema),
        ),
      ]),
    ]
    for (const schema of schemas) expect(() => check(schema)).not.toThrow()
  })

  test('is what the shop answers', async () => {
    const check = checker()
    const product_id = await shop.addProduct({ low_stock_threshold: 10, quantity: 10 })
    await shop.order('customer', { lines: [[product_id, 1]] })
    await shop.settle()
    const papers = await paperwork(product_id)
    const hook = { url: 'https://hooks.example/', kinds: ['order.placed'] }
    expect((await shop.as('owner').post('/api/webhooks', hook)).status).toBe(201)
    const values: Record<string, number> = {
      product_id,
      order_id: 1,
      user_id: 4,
      webhook_id: 1,
      ...papers,
    }
    let answered = 0
    for (const { path, method, operation } of operations()) {
      if (method !== 'get' || path.endsWith('/stream')) continue
      // A file is no JSON: its own tests compare it.
      if (!operation.responses['200']?.content?.['application/json']) continue
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
      // It answers to what somebody has typed.
      const asked = path.endsWith('/suggestions') ? `${url}?search=a` : url
      const { status, body } = await shop.as('owner').get(asked)
      expect(status, url).toBe(200)
      const schema = operation.responses['200']?.content?.['application/json']?.schema
      const validate = check(schema ?? {})
      expect([url, validate(body), validate.errors]).toEqual([url, true, null])
      answered++
    }
    expect(answered).toBeGreaterThan(12)
  })

  test('describes failures as they are', async () => {
    const validate = checker()({ $ref: '#/components/schemas/Failure' })
    for (const answer of [
      await shop.guest.get('/api/me'),
      await shop.guest.get('/api/nothing'),
      await shop.as('owner').get('/api/orders?limit=0'),
      await shop.as('customer').post('/api/orders', {}),
    ]) {
      expect([validate(answer.body), validate.errors]).toEqual([true, null])
    }
  })
})

describe('docs/api.md', () => {
  const page = readFileSync(join(root, 'docs/api.md'), 'utf8')

  test('lists every code of failure there is, with its status, and no other', () => {
    const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| .+ \|$/gm)]
    const defined = globSync('src/**/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...readFileSync(join(root, file), 'utf8').matchAll(/defineError\(\s*'([A-Z_]+)', (\d+)/g),
      ])
    const names = (found: readonly RegExpExecArray[]) =>
      [...new Set(found.map(([, code, status]) => `${code} ${status}`))].toSorted()
    expect(listed.length).toBe(names(listed).length)
    expect(names(listed)).toEqual(names(defined))
  })

  test('names only routes that there are', () => {
    const named = [...page.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/api\/[\w/:-]+)`/g)]
    expect(named.length).toBeGreaterThan(1)
    const known = routes.map(({ method, path }) => `${method} ${path}`)
    expect(
      named.map(([, method, path]) => `${method} ${path}`).filter((r) => !known.includes(r)),
    ).toEqual([])
  })
})

/** Compiles a schema of the document, in the JSON Schema dialect that OpenAPI 3.1 speaks. */
function checker() {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv, ['date-time', 'email', 'uuid'])
  const ID = 'urn:petshop:api'
  ajv.addSchema({ $id: ID, components: description.components })
  return (schema: object) =>
    ajv.compile(
      JSON.parse(
        JSON.stringify(schema).replaceAll('"#/components', `"${ID}#/components`),
      ) as object,
    )
}
