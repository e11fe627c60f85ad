// Shows that whatever reads text answers anything with a value or a typed refusal. `npm run fuzz -- --parsers N` is longer.
import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { takeAnswer } from './connection.ts'
import type { Parser } from './parser-list.ts'
import { fuzzParsers } from './parsers.ts'

const INPUTS = 60_000

const seed = Number(process.env['SEED']) || randomInt(1, 2 ** 31)

test('no input breaks a parser', async () => {
  const { sent, defects } = await fuzzParsers({ inputs: INPUTS, seed })
  expect(defects, `SEED=${seed} repeats it`).toEqual([])
  expect(sent).toBe(INPUTS)
})

test('one that breaks is named, with what broke it', async () => {
  const planted: Parser = {
    name: 'planted',
    weight: 1,
    examples: ['abc'],
    run: (input) => (input.includes('b') ? JSON.parse('{') : null),
  }
  const slow: Parser = {
    ...planted,
    name: 'slow',
    run: (input) => Promise.reject(new Error(input)),
  }
  for (const parser of [planted, slow]) {
    const { defects } = await fuzzParsers({ inputs: 1000, seed, parsers: [parser] })
    expect(defects[0]?.parser).toBe(parser.name)
    expect(defects[0]?.complaint).toMatch(/^(Syntax)?Error: /)
  }
})

test('answers are taken whole, however they are sent', () => {
  const take = (text: string, isHead = false) => takeAnswer(Buffer.from(text), isHead)
  expect(take('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n')).toBeNull()
  expect(take('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{')).toBeNull()
  expect(
    take('HTTP/1.1 201 C\r\nContent-Type: text/csv; x=y\r\nContent-Length: 2\r\n\r\n{}'),
  ).toEqual({
    answer: { status: 201, type: 'text/csv', body: '{}' },
    keep: true,
  })
  const chunked = 'HTTP/1.1 400 B\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
  expect(take(`${chunked}3\r\nabc\r\n`)).toBeNull()
  expect(take(`${chunked}3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n`)).toEqual({
    answer: { status: 400, type: '', body: 'abcd' },
    keep: false,
  })
  expect(take('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', true)?.answer.body).toBe('')
  expect(take('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 N\r\n\r\n')?.answer.status).toBe(204)
})
