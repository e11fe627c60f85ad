// Owns bodies as bytes: mostly JSON, and everything that isn't quite.
import { gzipSync } from 'node:zlib'
import type { Random } from '../../src/demo/random.ts'
import { anyBytes, strangeText, strangeValue } from './strange.ts'
import { spoilt } from './values.ts'

/** Beyond the limit of 1 MiB. */
const TOO_LONG = 1024 * 1024 + 1
const DEEPEST = 20_000

/** Of a good body, bytes that may be anything by now. */
export function bodyBytes(random: Random, good: unknown): Buffer {
  const kind = random.int(0, 19)
  if (kind < 6) return json(good)
  if (kind < 14) return json(spoilt(random, good))
  if (kind < 15) return json(spoilt(random, spoilt(random, good)))
  return brokenBytes(random, JSON.stringify(good) ?? '')
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? '')
}

function brokenBytes(random: Random, text: string): Buffer {
  const at = random.int(0, text.length)
  const around = (piece: string | Buffer) =>
    Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(piece), Buffer.from(text.slice(at))])
  switch (random.int(0, 13)) {
    case 0:
      return Buffer.from(text.slice(0, at))
    case 1:
      return around(anyBytes(random, 4))
    case 2:
      // Too long, half, or a surrogate: no UTF-8.
      return around(
        random.pick(
          [[0xc0, 0xaf], [0xe4, 0xb8], [0xed, 0xa0, 0x80], [0xff]].map((b) => Buffer.from(b)),
        ),
      )
    case 3:
      return around(
        random.pick(['NaN', '1e999', '-', '0x1', '01', '\\u12', '\\ud800', '\t', '\u2028']),
      )
    case 4:
      return Buffer.from(text, 'utf16le')
    case 5:
      return Buffer.from(`\ufeff${text}`)
    case 6:
      return gzipSync(text)
    case 7:
      return Buffer.from(
        text.replace('{', `{"${random.pick(['__proto__', 'constructor'])}":{"prototype":1},`),
      )
    case 8:
      return Buffer.from(text.replace('{', '{"user_id":1,"user_id":2,"items":[],'))
    case 9:
      return nested(random)
    case 10:
      return json(strangeValue(random))
    case 11:
      return Buffer.from(strangeText(random))
    case 12:
      return random.chance(0.02) ? Buffer.alloc(TOO_LONG, 0x20) : Buffer.from(text + text)
    default:
      return anyBytes(random, 200)
  }
}

function nested(random: Random): Buffer {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ])
  const depth = random.int(2, random.chance(0.05) ? DEEPEST : 200)
  return Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`)
}
