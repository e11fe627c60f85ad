// Tests for failures on their way between threads.
import { describe, expect, test } from 'vitest'
import { AppError } from '../../lib/errors.ts'
import { sqliteDialect } from '../db/dialect-sqlite.ts'
import { packError, packOutcomes, unpackError, unpackOutcomes } from './messages.ts'

/** As postMessage does. */
const sent = (error: unknown) => unpackError(structuredClone(packError(error)))

describe('a failure between threads', () => {
  test('that a caller may see keeps all that they are told', () => {
    const error = new AppError(
      'OUT_OF_STOCK',
      409,
      { zh: '库存不足 {n}', en: 'only {n} left' },
      { details: [{ product_id: 1, available: 2 }], params: { n: 2 }, retryAfter: 3 },
    )
    const other = sent(error)
    expect(other).toBeInstanceOf(AppError)
    expect(other).toMatchObject({
      code: 'OUT_OF_STOCK',
      status: 409,
      text: { zh: '库存不足 2', en: 'only 2 left' },
      details: [{ product_id: 1, available: 2 }],
      retryAfter: 3,
      message: error.message,
    })
  })

  test('of the store stays the failure it was', () => {
    const full = Object.assign(new Error('database or disk is full'), {
      code: 'ERR_SQLITE_ERROR',
      errcode: 13,
    })
    const other = sent(full)
    expect(sqliteDialect.classify(other)).toBe('full')
    expect(other.message).toBe(full.message)
    expect(other.stack).toBe(full.stack)
  })

  test('of one order among many is its own', () => {
    const refused = new AppError('NOT_ALLOWED', 403, { zh: '不行', en: 'no' })
    const packed = packOutcomes([
      { ok: true, value: 7 },
      { ok: false, error: refused },
    ])
    const [placed, other] = unpackOutcomes(structuredClone(packed))
    expect(placed).toEqual({ ok: true, value: 7 })
    expect(other).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED', status: 403 } })
  })

  test('that is no error becomes one', () => {
    expect(sent('what').message).toBe('what')
  })
})
