// Owns one request as bytes: a good one for an operation of the description, with something wrong about it.
import type { Random } from '../../src/demo/random.ts'
import { bodyBytes } from './bodies.ts'
import type { Description, Operation, Schema } from './document.ts'
import { anyText, strangeText, strangeValue } from './strange.ts'
import { goodValue, type KnownIds, type Making } from './values.ts'

export interface RawRequest {
  /** What it was made of; null when its address or method was changed. */
  readonly operation: Operation | null
  readonly method: string
  readonly target: string
  readonly bytes: Buffer
  /** Who sends it; null is nobody. */
  readonly token: string | null
}

/** Hashes of passwords, whole backups, and what ends the callers themselves: seldom. */
const SELDOM = [
  '/api/login',
  '/api/register',
  '/api/setup',
  '/api/logout',
  '/password',
  '/sessions',
  '/backups',
  'POST /api/users',
  'DELETE /api/users',
]
const SELDOM_WEIGHT = 0.03
/** Those that aren't declared are answered that there is no such route. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']

export interface Sender {
  readonly token: string | null
  readonly random: Random
  readonly description: Description
  readonly known: KnownIds
}

/** The operations' weights, in their order. */
export function weightsOf(operations: readonly Operation[]): number[] {
  return operations.map(({ method, path }) =>
    SELDOM.some((part) => `${method} ${path}`.includes(part)) ? SELDOM_WEIGHT : 1,
  )
}

export function makeRequest(sender: Sender, weights: readonly number[]): RawRequest {
  const { random, description, token } = sender
  const chosen = description.operations[random.weightedIndex(weights)]
  if (!chosen) throw new Error('the description lists no operation')
  const isOther = random.chance(0.03)
  const method = isOther ? random.pick(METHODS) : chosen.method
  const path = pathOf(sender, chosen)
  const isElsewhere = random.chance(0.02)
  const target = (isElsewhere ? elsewhere(random, path) : path) + queryOf(sender, chosen)
  const body = bodyOf(sender, chosen)
  const head = headOf(sender, method, target, body)
  return {
    operation: isOther || isElsewhere ? null : chosen,
    method,
    target,
    token,
    bytes: Buffer.concat([Buffer.from(head, 'latin1'), body?.bytes ?? Buffer.alloc(0)]),
  }
}

function pathOf(sender: Sender, { path, parameters }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((each) => each.in === 'path' && each.name === name)?.schema
    return encode(textOf(sender, schema ?? {}, name, 0.15)) || '0'
  })
}

function queryOf(sender: Sender, { parameters }: Operation): string {
  const { random } = sender
  const pairs = parameters
    .filter((each) => each.in === 'query' && random.chance(0.4))
    .map(({ name, schema }) => `${encode(name)}=${encode(textOf(sender, schema, name, 0.3))}`)
  if (random.chance(0.05))
    pairs.push(`${encode(strangeText(random))}=${encode(strangeText(random))}`)
  if (random.chance(0.02)) pairs.push(pairs[0] ?? '%')
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function textOf(sender: Sender, schema: Schema, name: string, strange: number): string {
  const { random } = sender
  const value = random.chance(strange) ? strangeValue(random, 0) : goodValue(sender, schema, name)
  return String(value)
}

function elsewhere(random: Random, path: string): string {
  const steps = [...path.split('/'), encode(strangeText(random))]
  const asked = random.chance(0.5) ? steps.join('/') : steps.toReversed().join('/')
  // A line of request has no spaces and no line ends.
  return `/${asked.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 4000)}`
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).slice(0, 4000)
}

const ANYTHING = { schema: {} }

interface Body {
  readonly type: string
  readonly bytes: Buffer
}

function bodyOf(sender: Sender, { body }: Operation): Body | null {
  const { random } = sender
  const contents: [string, { readonly schema: Schema }][] = Object.entries(body)
  // Some that take none are given one.
  if (contents.length === 0 && random.chance(0.05)) contents.push(['application/json', ANYTHING])
  if (contents.length === 0) return null
  const [type, content] = random.pick(contents)
  const making: Making = sender
  const good = goodValue(making, content.schema)
  const bytes = bodyBytes(random, good)
  return { type: random.chance(0.06) ? strangeType(random) : type, bytes }
}

function strangeType(random: Random): string {
  return random.pick([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json;charset=',
    'application/jsonx',
    'application/json\t',
    'APPLICATION/JSON',
    'application/vnd.api+json',
    'text/csv',
    'image/png',
    ';',
    '*/*',
    printable(strangeText(random)),
  ])
}

function headOf(
  { random, token }: Sender,
  method: string,
  target: string,
  body: Body | null,
): string {
  const lines = [`${method} ${target} HTTP/1.1`, 'host: 127.0.0.1']
  if (token !== null) {
    if (random.chance(0.9)) lines.push(`authorization: Bearer ${token}`)
    else lines.push(`cookie: a=b; petshop_session=${token}`, 'sec-fetch-site: same-origin')
  }
  if (body) {
    if (!random.chance(0.02)) lines.push(`content-type: ${body.type}`)
    lines.push(`content-length: ${body.bytes.length}`)
  }
  if (random.chance(0.15)) lines.push(...noise(random))
  return `${lines.join('\r\n')}\r\n\r\n`
}

const NOISY = [
  ...['accept-language', 'accept', 'accept-encoding', 'idempotency-key', 'last-event-id', 'cookie'],
  ...['content-encoding', 'origin', 'sec-fetch-site', 'referer', 'user-agent', 'x-forwarded-for'],
  ...[
    'forwarded',
    'if-none-match',
    'if-modified-since',
    'range',
    'traceparent',
    'x-http-method-override',
  ],
  ...['authorization', 'x-request-id', 'te', 'via', 'upgrade-insecure-requests', 'x'],
]

function noise(random: Random): string[] {
  return Array.from({ length: random.int(1, 4) }, () => {
    const name = random.pick(NOISY)
    const value = random.chance(0.5) ? strangeText(random) : anyText(random, 40)
    return `${name}: ${printable(value).slice(0, 2000)}`
  })
}

/** What may stand in a header's line; other bytes end the conversation, which has its own request. */
function printable(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')
}
