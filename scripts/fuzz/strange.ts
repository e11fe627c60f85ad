// Owns what callers send by mistake or on purpose: values, texts and bytes that no honest form makes.
import type { Random } from '../../src/demo/random.ts'

const NUMBERS = [
  ...[0, -0, -1, 1, 0.1, 1e20, -1e20, 1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 63],
  ...[10_000, 10_001, 100_000_000, 100_000_001, 1_000_001],
]
const TEXTS = [
  ...['', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '%', '%00', '%zz', "'", '"', '\\', '`', ';--'],
  ...['1', '-1', '0', '1e3', 'null', 'true', 'NaN', 'Infinity', '[]', '{}', '[object Object]'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '../', '..\\', '/'],
  ...[
    "' or 1=1 --",
    '${7*7}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '=1+1',
    '\r\nX: y',
    '\u202e',
  ],
  ...['2026-02-30', '2026-01-31T08:00:00Z', '0000-00-00', '9999-12-31T23:59:60Z', '2026-13-01'],
  ...['WzEsMV0', 'WzFd', 'WyJhIl0', '王小明', 'ǅ', '\u{1F408}', 'e\u0301', '\ufeff', '\uffff'],
]
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'x', '', 'a.b/c~d', '$ref']

export function strangeText(random: Random): string {
  switch (random.int(0, 5)) {
    case 0:
      return anyText(random, 12)
    case 1:
      return random.pick(TEXTS) + random.pick(TEXTS)
    case 2:
      return random.pick(['x', '长', '9', '\u{1F408}', ' ']).repeat(random.int(20, 3000))
    default:
      return random.pick(TEXTS)
  }
}

/** Of any characters, halves of pairs among them. */
export function anyText(random: Random, most: number): string {
  const wide = random.chance(0.5)
  const codes = Array.from({ length: random.int(0, most) }, () =>
    random.int(0, wide ? 0xffff : 0x7f),
  )
  return String.fromCharCode(...codes)
}

export function anyBytes(random: Random, most: number): Buffer {
  return Buffer.from(Array.from({ length: random.int(0, most) }, () => random.int(0, 255)))
}

export function strangeKey(random: Random): string {
  return random.pick(KEYS)
}

export function strangeValue(random: Random, depth = 2): unknown {
  const kind = random.int(0, depth > 0 ? 8 : 6)
  switch (kind) {
    case 0:
      return random.pick(NUMBERS)
    case 1:
      return random.int(-10, 1000)
    case 2:
      return (random.next() - 0.5) * 10 ** random.int(0, 300)
    case 3:
      return random.pick([true, false, null])
    case 7:
      return Array.from({ length: random.int(0, 4) }, () => strangeValue(random, depth - 1))
    case 8:
      return Object.fromEntries([[strangeKey(random), strangeValue(random, depth - 1)]])
    default:
      return strangeText(random)
  }
}
