// Shows that cursors lead through every row once, and that anything else is refused by name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { badCursor, cutPage, decodeCursor, encodeCursor } from './cursor.ts'

const invalid = expect.objectContaining({ code: badCursor.code, status: 400 })

test('what was encoded is read back, also names in any script', () => {
  const values = fc.tuple(
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
  )
  fc.assert(
    fc.property(values, (pair) => {
      const cursor = encodeCursor(pair)
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(decodeCursor(cursor, ['string', 'number'])).toEqual(pair)
    }),
  )
})

test('garbage is refused, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!isCursor(text))
      expect(() => decodeCursor(text, ['number', 'string'])).toThrow(invalid)
    }),
    { numRuns: 1000 },
  )
})

test.each([1.5, 2 ** 53, -1e300])(
  'the number %s is refused: what pages go by are integers',
  (n) => {
    expect(() => decodeCursor(encodeCursor([n]), ['number'])).toThrow(invalid)
  },
)

test('JSON that is no list of the right values is refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!(Array.isArray(value) && value.length === 1 && typeof value[0] === 'number'))
      const cursor = Buffer.from(JSON.stringify(value)).toString('base64url')
      expect(() => decodeCursor(cursor, ['number'])).toThrow(invalid)
    }),
  )
})

test.each(['[1e999]', '[-1e999]', '[null]', '["1"]', '[1,2]', '[]', '{"0":1,"length":1}', '1', ''])(
  '%s is no cursor of one number',
  (json) => {
    const cursor = Buffer.from(json).toString('base64url')
    expect(() => decodeCursor(cursor, ['number'])).toThrow(invalid)
  },
)

test('pages cut with cursors show every row once, in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 15 }),
      (count, limit) => {
        const rows = Array.from({ length: count }, (_, i) => ({ id: i + 1 }))
        const seen: number[] = []
        let pages = 0
        let cursor: string | null = null
        do {
          const after: number = cursor === null ? 0 : decodeCursor(cursor, ['number'])[0]
          const found = rows.filter(({ id }) => id > after).slice(0, limit + 1)
          const page = cutPage(found, limit, ({ id }) => [id])
          expect(page.items.length).toBeLessThanOrEqual(limit)
          seen.push(...page.items.map(({ id }) => id))
          cursor = page.next_cursor
          pages++
        } while (cursor !== null)
        expect(seen).toEqual(rows.map(({ id }) => id))
        // The last page says so: nobody fetches an empty one.
        expect(pages).toBe(Math.max(1, Math.ceil(count / limit)))
      },
    ),
  )
})

function isCursor(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    return false
  }
}
