// Shows which of the two languages a caller is answered in.
import type { FastifyRequest } from 'fastify'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

const language = (header?: string) =>
  languageOf({ headers: { 'accept-language': header } } as FastifyRequest)

test.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['*', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-Hans-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en', 'en'],
  ['EN-gb', 'en'],
  ['en-US,en;q=0.9,zh;q=0.1', 'en'],
  ['en;q=0.5, zh;q=0.6', 'zh'],
  ['zh;q=0.5,en;q=0.6', 'en'],
  ['fr, de;q=0.9', 'zh'],
  ['fr, en;q=0.1', 'en'],
  ['zh,en', 'zh'],
  ['en,zh', 'en'],
  // q=0 means: anything but that.
  ['en;q=0', 'zh'],
  ['zh;q=0, en;q=0.1', 'en'],
  ['en;q=nonsense', 'en'],
  [';;;,,q=,', 'zh'],
])('Accept-Language %j is answered in %s', (header, expected) => {
  expect(language(header)).toBe(expected)
})

test('whatever a caller sends, it is one of the two', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(language(header)).toBeOneOf(['zh', 'en'])
    }),
  )
})

test('a very long header costs nothing and changes nothing', () => {
  expect(language(`en,${'zh;q=2,'.repeat(100_000)}`)).toBe('zh')
  expect(language(`en,${'fr,'.repeat(100_000)}`)).toBe('en')
})
