// Tests for the log's lines: ECS fields, and neither secrets nor people in them.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLog, type Log, logOf } from './logging.ts'

function logged(write: (log: Log) => void): { line: Record<string, unknown>; text: string } {
  let text = ''
  write(createLog('trace', { write: (chunk: string) => (text += chunk) }))
  return { line: JSON.parse(text) as Record<string, unknown>, text }
}

test('a line has the fields that every line of ours has', () => {
  const { line } = logged((log) => log.warn('Redis is away'))
  expect(line).toMatchObject({
    'ecs.version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
    'service.name': 'petshop',
    'process.pid': process.pid,
    'log.level': 'warn',
    message: 'Redis is away',
  })
  expect(Date.parse(String(line['@timestamp']))).toBeGreaterThan(Date.now() - 60_000)
})

test('an error is told with its cause, and without what a driver hangs on it', () => {
  const cause = new TypeError('no such column')
  const error = Object.assign(new Error('it failed', { cause }), {
    code: '23505',
    detail: 'Key (username)=(wang) already exists',
    parameters: ['wang'],
  })
  const { line, text } = logged((log) => log.error({ error }, 'request failed'))
  expect(line).toMatchObject({
    'error.type': 'Error',
    'error.message': 'it failed',
    'error.code': '23505',
    'error.stack_trace': expect.stringContaining('caused by: TypeError: no such column'),
  })
  expect(text).not.toContain('wang')
})

test('words of our own stand in fields of the schema, or under our own name', () => {
  const fields = { group: 'confirm', event_id: 'e1', request_id: 'r1', trace_id: 't1', reason: 'x' }
  expect(logged((log) => log.info(fields, 'x')).line).toMatchObject({
    'petshop.group': 'confirm',
    'event.id': 'e1',
    'http.request.id': 'r1',
    'trace.id': 't1',
    'event.reason': 'x',
  })
})

test.each([
  ['a password', { password: 'hunter2-hunter2' }],
  ['a token, deep inside', { session: { list: [{ token: 'hunter2-hunter2' }] } }],
  ['a header', { headers: { authorization: 'Bearer hunter2-hunter2' } }],
  ['a cookie', { headers: { cookie: 'petshop_session=hunter2-hunter2' } }],
  ['a name', { user: { username: 'hunter2-hunter2' } }],
  ['an address', { order: { address: 'hunter2-hunter2', note: 'hunter2-hunter2' } }],
  ['an e-mail address in a text', { reason: 'no such person: hunter2-hunter2@example.com' }],
  ['an address with a password', { reason: 'mysql://petshop:hunter2-hunter2@db:3306/petshop' }],
  ['a bearer token in a text', { reason: 'refused: bearer hunter2-hunter2' }],
  ['a hash', { reason: '$argon2id$v=19$m=65536$hunter2-hunter2' }],
  ['an error', { error: new Error('redis://:hunter2-hunter2@redis:6379 is away') }],
  [
    'the cause of an error',
    { error: new Error('x', { cause: new Error('hunter2-hunter2@a.cn') }) },
  ],
  ['what lies too deep to look at', { a: { b: { c: { d: { e: { f: 'hunter2-hunter2' } } } } } }],
])('%s is not written', (_what, fields) => {
  expect(logged((log) => log.error(fields, 'x')).text).not.toContain('hunter2-hunter2')
})

test('nor is what stands in the words themselves, or was bound before', () => {
  const bound = logged((log) => log.child({ who: 'wang@example.com' }).info('to wang@example.com'))
  expect(bound.text).not.toContain('wang@example.com')
})

test.each(['wang@example.com', 'bearer hunter2-hunter2', 'redis://:hunter2-hunter2@redis'])(
  'after a line’s end %s is not written either, and the line stays JSON',
  (secret) => {
    for (const before of ['\n', 'x\n', '\\', '\\n', '\u0001', '\n\n', '"', '\t@a.cn\n']) {
      const { line, text } = logged((log) => log.error({ reason: before + secret }, 'x'))
      expect(text).not.toMatch(/hunter2|wang/)
      expect(line['event.reason']).toMatch(/redacted/)
    }
  },
)

test('whatever is said, the line stays JSON', () => {
  const part = fc.constantFrom(
    '\n',
    '\\',
    'n',
    'u',
    '@',
    'a@b.cn',
    'bearer abcdefgh',
    'x://y:z@',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }), (parts) => {
      logged((log) => log.error({ reason: parts.join('') }, 'x'))
    }),
  )
})

test('a category writes only when it is asked for', () => {
  const log = createLog('info')
  expect(logOf(log, { logCategories: ['cache'] }, 'request')).toBeNull()
  const { line } = logged((all) =>
    logOf(all, { logCategories: ['request'] }, 'request')?.info('request'),
  )
  expect(line).toMatchObject({ 'event.dataset': 'petshop.request' })
})

test('every field of our own that a line may have is known to Elasticsearch', () => {
  const template = readFileSync(
    new URL('../../deploy/logging/index-template.json', import.meta.url),
    'utf8',
  )
  const fields = {
    group: 'g',
    event_id: 'e',
    request_id: 'r',
    trace_id: 't',
    reason: 'x',
    type: 'y',
  }
  const { line } = logged((log) =>
    log.error({ error: Object.assign(new Error('x'), { code: 'C' }), ...fields }, 'x'),
  )
  const mapped = fieldsOf((JSON.parse(template) as Mapping).template.mappings)
  expect(Object.keys(line).filter((name) => !mapped.has(name))).toEqual([])
})

interface Fields {
  readonly properties?: Readonly<Record<string, Fields>>
}
interface Mapping {
  readonly template: { readonly mappings: Fields }
}

/** As in `http.request.method`. */
function fieldsOf({ properties = {} }: Fields, prefix = ''): Set<string> {
  return new Set(
    Object.entries(properties).flatMap(([name, inner]) =>
      inner.properties ? [...fieldsOf(inner, `${prefix}${name}.`)] : [`${prefix}${name}`],
    ),
  )
}
