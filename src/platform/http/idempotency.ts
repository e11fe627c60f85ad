// Owns reading an Idempotency-Key from a request: what it is scoped to, and what body it came with.
import { createHash, createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { defineError } from '../../lib/errors.ts'
import type { KeyedRequest } from '../db/idempotency.ts'

const KEY = /^[\x21-\x7e]{1,255}$/

const badKey = defineError('IDEMPOTENCY_KEY_INVALID', 400, {
  zh: 'Idempotency-Key：须为 1–255 个可见的 ASCII 字符。',
  en: 'Idempotency-Key: must be 1 to 255 visible ASCII characters.',
})

/** What the API's description says of it. */
export const KEY_HEADER = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      pattern: KEY.source,
      description:
        'Sent again with the same key and body within 30 days, the request is answered as it was the first time, and nothing is done twice.',
    },
  },
} as const

/** The request's key with its scope and body; null when the caller sent none. The route is `keyed`. */
export function keyOf(request: FastifyRequest): KeyedRequest | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !KEY.test(key)) throw badKey()
  const route = `${request.method} ${request.routeOptions.url ?? ''}`
  const body = JSON.stringify([request.params, request.body ?? null])
  return {
    keyHash: createHash('sha256')
      .update(JSON.stringify([request.caller?.user_id ?? 0, route, key]))
      .digest('hex'),
    // Keyed with what isn't stored: a body may hold a password, and a bare hash of it could be guessed.
    bodyHash: createHmac('sha256', key).update(body).digest('hex'),
  }
}
