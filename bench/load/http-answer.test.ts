// Shows that answers are taken out of a connection whole, wherever its bytes are cut.
import { expect, it } from 'vitest'
import { takeAnswer } from './http-answer.ts'

const CREATED =
  'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nContent-Length: 16\r\n\r\n{"order_id":123}'
const REFUSED = 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\ncontent-length: 2\r\n\r\n{}'

it('takes one answer and leaves what came after it', () => {
  const taken = takeAnswer(Buffer.from(CREATED + REFUSED))
  expect(taken?.answer).toEqual({ status: 201, retryAfter: null, body: '{"order_id":123}' })
  expect(takeAnswer(taken!.rest)?.answer).toEqual({ status: 503, retryAfter: 2, body: '{}' })
})

it('waits for the rest, wherever the bytes were cut', () => {
  const bytes = Buffer.from(CREATED)
  for (let cut = 0; cut < bytes.length; cut++) {
    expect(takeAnswer(bytes.subarray(0, cut)), `after ${cut} bytes`).toBeNull()
  }
})

it('counts the length in bytes, not in characters', () => {
  const body = '{"name":"猫粮"}'
  const bytes = Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}HTTP`,
  )
  expect(takeAnswer(bytes)?.answer.body).toBe(body)
  expect(takeAnswer(bytes)?.rest.toString()).toBe('HTTP')
})

it('takes an answer that may have no body, and refuses one of unknown length', () => {
  expect(takeAnswer(Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'))?.answer.status).toBe(204)
  const endless = Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
  expect(() => takeAnswer(endless)).toThrow('without a length')
})
