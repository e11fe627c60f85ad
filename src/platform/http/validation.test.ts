// Shows what callers are told about wrong input: which field, what it must be, in their language.
import Type from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Id, nullable, oneOf, strict, Timestamp } from '../../lib/wire.ts'
import { testCore, testServer } from '../../../tests/support/core.ts'
import type { HttpServer } from './server.ts'

const Line = Type.Object(
  { product_id: Id, quantity: Type.Integer({ minimum: 1, maximum: 10 }) },
  strict,
)
const Body = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 2, maxLength: 5, pattern: '^[a-z]*$' })),
    email: Type.Optional(Type.String({ format: 'email' })),
    at: Type.Optional(Timestamp),
    paid: Type.Optional(Type.Boolean()),
    weight: Type.Optional(Type.Number()),
    size: Type.Optional(oneOf(['s', 'm'])),
    note: Type.Optional(nullable(Type.String({ maxLength: 3 }))),
    lines: Type.Optional(Type.Array(Line, { minItems: 1, maxItems: 2 })),
    'a/b~c': Type.Optional(Type.Integer()),
  },
  { ...strict, minProperties: 1 },
)
const Query = Type.Object({ limit: Type.Optional(Type.Integer({ maximum: 100 })) }, strict)

let app: HttpServer
let close: () => Promise<void>
beforeAll(async () => {
  const { core, close: closeCore } = await testCore()
  close = closeCore
  const routes = (server: HttpServer) => {
    server.post(
      '/things/:id',
      {
        config: { access: 'public' },
        schema: { body: Body, params: Type.Object({ id: Id }), querystring: Query },
      },
      (request) => ({ body: request.body, id: request.params.id, query: request.query }),
    )
  }
  app = await testServer(core, [{ routes }])
})
afterAll(async () => {
  await app.close()
  await close()
})

async function post(payload: unknown, path = '/things/1', language = 'zh') {
  const response = await app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json', 'accept-language': language },
    payload: JSON.stringify(payload),
  })
  return { status: response.statusCode, body: response.json() }
}

const line = { product_id: 1, quantity: 1 }

test.each<[body: unknown, field: string, zh: string, en: string]>([
  [{}, 'body', '至少填写一个字段', 'must have at least one field'],
  [[], 'body', '必须是 JSON 对象', 'must be a JSON object'],
  ['text', 'body', '必须是 JSON 对象', 'must be a JSON object'],
  [null, 'body', '必须是 JSON 对象', 'must be a JSON object'],
  [{ nme: 'x' }, 'nme', '没有这个字段，请去掉', 'is not a known field; leave it out'],
  [{ name: 1 }, 'name', '必须是文字', 'must be a text'],
  [{ name: 'a' }, 'name', '至少 2 个字符', 'must have at least 2 characters'],
  [{ name: 'abcdef' }, 'name', '最多 5 个字符', 'must have at most 5 characters'],
  [
    { name: 'ABC' },
    'name',
    '含有不允许的字符或格式不对',
    'has characters or a form that is not allowed',
  ],
  [{ email: 'nobody' }, 'email', '不是有效的邮箱地址', 'is not an e-mail address'],
  [
    { at: 'tomorrow' },
    'at',
    '必须是 ISO 8601 时间，例如 2026-01-31T08:00:00Z',
    'must be an ISO 8601 time, for example 2026-01-31T08:00:00Z',
  ],
  [{ paid: 'true' }, 'paid', '必须是 true 或 false', 'must be true or false'],
  [{ weight: '1' }, 'weight', '必须是数字', 'must be a number'],
  [{ size: 'xl' }, 'size', '只能是：s, m', 'must be one of: s, m'],
  [{ note: 'long' }, 'note', '最多 3 个字符', 'must have at most 3 characters'],
  [{ lines: {} }, 'lines', '必须是列表', 'must be a list'],
  [{ lines: [] }, 'lines', '至少 1 项', 'must have at least 1 entries'],
  [{ lines: [line, line, line] }, 'lines', '最多 2 项', 'must have at most 2 entries'],
  [{ lines: [7] }, 'lines[0]', '必须是 JSON 对象', 'must be a JSON object'],
  [{ lines: [line, { product_id: 1 }] }, 'lines[1].quantity', '必填', 'is required'],
  [
    { lines: [{ ...line, price: 1 }] },
    'lines[0].price',
    '没有这个字段，请去掉',
    'is not a known field; leave it out',
  ],
  [{ lines: [{ ...line, quantity: 0 }] }, 'lines[0].quantity', '不能小于 1', 'must be at least 1'],
  [
    { lines: [{ ...line, quantity: 11 }] },
    'lines[0].quantity',
    '不能大于 10',
    'must be at most 10',
  ],
  [
    { lines: [{ ...line, quantity: 1.5 }] },
    'lines[0].quantity',
    '必须是整数',
    'must be a whole number',
  ],
  [
    { lines: [{ ...line, quantity: '1' }] },
    'lines[0].quantity',
    '必须是整数',
    'must be a whole number',
  ],
  [{ 'a/b~c': 'x' }, 'a/b~c', '必须是整数', 'must be a whole number'],
])('%j: %s', async (body, field, zh, en) => {
  const chinese = await post(body)
  expect(chinese.status).toBe(400)
  expect(chinese.body.error).toMatchObject({
    code: 'VALIDATION',
    message: `${field}：${zh}`,
    details: [{ field, problem: en }],
  })
  const english = await post(body, '/things/1', 'en')
  expect(english.body.error.message).toBe(`${field}: ${en}`)
})

test.each([
  ['/things/abc', 'id: must be a whole number'],
  ['/things/0', 'id: must be at least 1'],
  ['/things/1e30', `id: must be at most ${Number.MAX_SAFE_INTEGER}`],
  ['/things/1?limit=many', 'limit: must be a whole number'],
  ['/things/1?limit=101', 'limit: must be at most 100'],
  ['/things/1?page=2', 'page: is not a known field; leave it out'],
])('%s is refused: %s', async (path, message) => {
  const { status, body } = await post({ paid: true }, path, 'en')
  expect([status, body.error.message]).toEqual([400, message])
})

test('path and query are read as the types they stand for; a body is taken as it is', async () => {
  const body = { weight: 1.5, note: null, lines: [line] }
  const answer = await post(body, '/things/7?limit=50')
  expect(answer).toEqual({ status: 200, body: { body, id: 7, query: { limit: 50 } } })
})
