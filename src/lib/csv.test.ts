// Shows that CSV comes back as it was written, whatever the texts, and that lines are the file's own.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardCell, unguardCell } from './csv-guard.ts'
import { CsvUnreadable, readCsv } from './csv.ts'
import { BYTE_ORDER_MARK, csvLines } from './csv-write.ts'

const read = async (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const records: (readonly [number, ...string[]])[] = []
  for await (const { line, cells } of readCsv(bytes)) records.push([line, ...cells])
  return records
}

const odd = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(...'=+-@＝＋－＠\'\t\r\n ",;猫\u{FEFF}\u{A0}x'),
      maxLength: 6,
    }),
  )
  .filter((text) => text.isWellFormed() && !text.includes('\0'))

describe('any texts', () => {
  test('come back as they were written, and begin no formula', async () => {
    // The first cell keeps the row from being empty, and its file from being in another encoding.
    const rows = fc.array(fc.tuple(fc.constant('货'), odd, odd, odd), {
      minLength: 1,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('', BYTE_ORDER_MARK), async (table, mark) => {
        const text = mark + csvLines(table)
        const back = await read(text)
        expect(back.map(([, ...cells]) => cells.map(unguardCell))).toEqual(table)
        const lines = back.map(([line]) => line)
        const ends = table.map((row) => csvLines([row]).split(/\r\n|\r|\n/).length - 1)
        expect(lines).toEqual(table.map((_, i) => 1 + ends.slice(0, i).reduce((a, b) => a + b, 0)))
        for (const [, ...cells] of back) {
          for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('with tabs and semicolons are not taken for columns, even in the first line', async () => {
    const table = [
      ['货', "'\t\t=", '\t\t=', ''],
      ['货', 'a;b;c;d;e', '', ''],
    ]
    const back = await read(csvLines(table))
    expect(back.map(([, ...cells]) => cells.map(unguardCell))).toEqual(table)
    expect(await read(csvLines(table.slice(1)))).toEqual([[1, ...(table[1] ?? [])]])
  })

  test('lose exactly the apostrophe that was put before them', () => {
    fc.assert(
      fc.property(odd, (text) => {
        expect(unguardCell(guardCell(text))).toBe(text)
        expect(guardCell(text)).toBeOneOf([text, `'${text}`])
      }),
    )
    expect([guardCell("'=1"), guardCell("it's"), guardCell("'x")]).toEqual(["''=1", "it's", "'x"])
    expect([unguardCell("'+1"), unguardCell("'x")]).toEqual(['+1', "'x"])
  })
})

describe('lines', () => {
  test('are those of the file: quoted line breaks, empty rows and every kind of ending count', async () => {
    const text = '\r\n a ,b\r\n"x\r\ny","z ""q"""\r\n\r\n1,2\n3,4\r5 ,\t6'
    expect(await read(text)).toEqual([
      [2, 'a', 'b'],
      [3, 'x\r\ny', 'z "q"'],
      [6, '1', '2'],
      [7, '3', '4'],
      [8, '5', '6'],
    ])
  })

  test('are right wherever the pieces end in which a large file is read', async () => {
    const row = `"${'猫'.repeat(700)}\r\n\r${'x'.repeat(50)}\n",2\r\n`
    const lines = (await read(row.repeat(300))).map(([line]) => line)
    expect(lines).toEqual(Array.from({ length: 300 }, (_, i) => 1 + 4 * i))
  })
})

describe('delimiters', () => {
  test.each([
    ['a,b;c,d', 3],
    ['a;b;c,d', 3],
    ['a\tb', 2],
    ['"a,b,c";d', 2],
    ['a', 1],
    ['\n\na;b\n1,2,3;4', 2],
  ])('of %j are seen in the first row that has any text', async (text, width) => {
    const [first = []] = await read(text)
    expect(first.length - 1).toBe(width)
  })
})

describe('a file that cannot be read is named', () => {
  const failure = async (bytes: string | Uint8Array) => {
    try {
      await read(bytes)
    } catch (error) {
      if (error instanceof CsvUnreadable) return [error.refusal, error.line]
      throw error
    }
    return null
  }
  const long = `a,b\n1,"${'x'.repeat(1024 * 1024)}",3\n`

  test.for<readonly [refusal: string, line: number, file: string | Uint8Array]>([
    ['empty', 1, ''],
    ['empty', 1, ' \r\n,,\n'],
    ['workbook', 1, Uint8Array.of(0x50, 0x4b, 3, 4)],
    ['workbook', 1, Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1)],
    ['binary', 1, Uint8Array.of(0x61, 0, 0x62)],
    ['encoding', 1, Uint8Array.of(0xef, 0xbb, 0xbf, 0xff)],
    // Half of a surrogate pair in UTF-16.
    ['encoding', 1, Uint8Array.of(0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x61, 0)],
    // Begins like GB18030, and ends in the middle of a character.
    ['encoding', 1, Uint8Array.of(0xc3, 0xa8, 0xd7, 0xa5, 0x2c, 0x31, 0x0a, 0xc3)],
    ['encoding', 1, Buffer.from('Größe,Süß\n1,2', 'latin1')],
    ['quote_not_closed', 2, 'a,b\n1,"2\n3,4\n'],
    ['quote_misplaced', 2, 'a,b\n1,5" bowl\n'],
    ['quote_misplaced', 3, 'a,b\n\n"x"y,2\n'],
    ['row_too_long', 2, long],
  ])('%s, on line %i', async ([refusal, line, file]) => {
    expect(await failure(file)).toEqual([refusal, line])
  })

  test('what stands before is read all the same', async () => {
    const seen: string[] = []
    const reading = (async () => {
      for await (const { cells } of readCsv(Buffer.from('a,b\n1,2\n3,"4'))) seen.push(cells.join())
    })()
    await expect(reading).rejects.toBeInstanceOf(CsvUnreadable)
    expect(seen).toEqual(['a,b', '1,2'])
  })
})

test('reading a large file lets others have their turn', async () => {
  const bytes = Buffer.from('a,b\n'.repeat(300_000))
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  let rows = 0
  for await (const _ of readCsv(bytes)) rows++
  clearInterval(timer)
  expect(rows).toBe(300_000)
  expect(turns).toBeGreaterThan(5)
})
